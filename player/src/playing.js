// Playing: day after day, each staying as long as the pace says.

import { stays } from "./navigator.js";

export class Playing {
  constructor(app) {
    this.app = app;
    this.pace = "event";
    this.speed = 1;
    this.timer = null;
  }

  get running() {
    return this.timer !== null;
  }

  toggle() {
    if (this.running) this.stop();
    else this.start();
  }

  start() {
    const { app } = this;
    const along = app.view.course;
    if (app.state.tick >= along.ticks - 1) app.set({ tick: 0, stop: null }, { quiet: true });
    this.wait();
    app.transport.show();
  }

  stop() {
    if (!this.running) return;
    clearTimeout(this.timer);
    this.timer = null;
    this.app.transport.show();
    this.app.announce(this.app.dayInWords().spoken);
    this.app.address();
  }

  wait() {
    const { app } = this;
    const seconds = stays(app.view.course, this.pace)[app.state.tick] / this.speed;
    this.timer = setTimeout(() => {
      if (app.state.tick >= app.view.course.ticks - 1) this.stop();
      else {
        app.move("next-day", true);
        this.wait();
      }
    }, seconds * 1000);
  }

  /** Another pace or speed counts from this moment on. */
  change(how) {
    Object.assign(this, how);
    if (this.running) {
      clearTimeout(this.timer);
      this.wait();
    }
  }
}
