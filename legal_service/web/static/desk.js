// The desk with a script: everything here is an ease. Without it every page works by links and forms.
import { keyboard } from "./js/keyboard.js";
import { forms } from "./js/forms.js";
import { jobs } from "./js/jobs.js";
import { rows } from "./js/rows.js";
import { session } from "./js/session.js";

keyboard();
forms();
jobs();
rows();
session();
