// What holds for every report: [name, check] each. A check gets the page, newly opened, the data in it, and
// what the page did so far; it returns a note or nothing, and throws what is wrong.

import { checks as looks } from "./checks/looks.mjs";
import { checks as safety } from "./checks/safety.mjs";
import { checks as tables } from "./checks/tables.mjs";

export const checks = [...safety, ...tables, ...looks];
