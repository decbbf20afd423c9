// Finds a Python that is new enough to run the server that comes with the extension.

import { execFile } from "node:child_process";
import { activePython } from "./environment";
import { which } from "./programs";

export const OLDEST = "3.10";

/** What starts a Python: a program and what it is told first. */
export interface Python {
  readonly command: string;
  readonly args: readonly string[];
}

/** By the names under which Python is installed; the newest of the numbered ones first. */
const NAMES: readonly (readonly string[])[] = [
  ["python3"],
  ["python"],
  ["python3.14"],
  ["python3.13"],
  ["python3.12"],
  ["python3.11"],
  ["python3.10"],
  ["py", "-3"],
];
const PATIENCE = 10_000;

/** `chosen`, if it is given and fits; else the first that fits, that of the active environment before those on the PATH. */
export async function findPython(chosen: string, trusted: boolean): Promise<Python | undefined> {
  if (chosen) return fitting(chosen, []);
  const active = trusted ? await activePython() : undefined;
  const python = active === undefined ? undefined : await fitting(active, []);
  if (python) return python;
  for (const [name, ...args] of NAMES) {
    const found = name === undefined ? undefined : await fitting(name, args);
    if (found) return found;
  }
  return undefined;
}

async function fitting(name: string, args: readonly string[]): Promise<Python | undefined> {
  const command = await which(name);
  if (command === undefined) return undefined;
  const [major, minor] = OLDEST.split(".");
  const probe = `import sys; sys.exit(sys.version_info < (${major}, ${minor}))`;
  const fits = await new Promise<boolean>((answer) => {
    // Isolated, so that nothing of the user's or the workspace's runs along.
    execFile(command, [...args, "-I", "-S", "-c", probe], { timeout: PATIENCE, windowsHide: true }, (error) =>
      answer(error === null),
    );
  });
  return fits ? { command, args } : undefined;
}
