// Where it begins: unpack what the page holds, and show it.

import { App } from "./app.js";
import { Campaign } from "./campaign.js";
import { differences, placeDays, stateOf } from "./campaign.js";
import { h, put } from "./dom.js";
import { unpacked } from "./contents.js";

async function begin() {
  const root = document.getElementById("player");
  try {
    const data = await unpacked(document.getElementById("contents").textContent);
    const campaign = new Campaign(data);
    const app = new App(campaign, root);
    document.documentElement.classList.add("ready");
    return { app, campaign, differences, placeDays, stateOf };
  } catch (error) {
    put(root, h("p", { class: "broken", role: "alert" }, `This page could not be shown: ${error.message}. A current browser is needed: Firefox 113, Chrome 117, Safari 16.4 or later.`));
    throw error;
  }
}

globalThis.replay = begin();
