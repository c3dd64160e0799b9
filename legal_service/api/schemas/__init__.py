"""The shapes of requests and answers, one file per resource. Requests are read strictly; answers are declared whole."""
