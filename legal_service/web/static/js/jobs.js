// Jobs at work: the bar and its words follow the server every second; when a job ends the page is fetched anew.

const ENDED = new Set(["done", "failed", "stopped", "dead"]);

async function follow(line) {
  let pause = 1000;
  while (!ENDED.has(line.dataset.status)) {
    await new Promise((ready) => setTimeout(ready, pause));
    try {
      const answer = await fetch(`/jobs/${line.dataset.job}/state`, { headers: { Accept: "application/json" } });
      if (!answer.ok || answer.redirected) return;
      const job = await answer.json();
      const bar = line.querySelector("progress");
      bar.max = job.total || 1;
      bar.value = job.done;
      line.querySelector(".progress-words").textContent = job.words;
      if (ENDED.has(job.status)) {
        document.getElementById("live").textContent = job.says;
        location.reload();
        return;
      }
      pause = 1000;
    } catch {
      pause = Math.min(pause * 2, 15000); // the network is gone: the job is not, ask again later
    }
  }
}

export function jobs() {
  for (const line of document.querySelectorAll(".progress-line[data-job]")) follow(line);
}
