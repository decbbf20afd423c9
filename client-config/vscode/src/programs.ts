// Finds programs by name, without ever looking into the folder that happens to be the current one.

import { access, constants, stat } from "node:fs/promises";
import * as path from "node:path";

const WINDOWS = process.platform === "win32";

/** The folder of a virtual environment that holds its programs. */
export const PROGRAMS = WINDOWS ? "Scripts" : "bin";

/** The full path of a program on the PATH, or of the one that an absolute path names. */
export async function which(name: string): Promise<string | undefined> {
  if (path.isAbsolute(name)) return programAt(name);
  // Relative entries of the PATH are left out: they would lead into whatever workspace is open.
  const folders = (process.env["PATH"] ?? "").split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  for (const folder of folders) {
    const found = await programAt(path.join(folder, name));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The path of the program that `file` names; on Windows the name may lack its ending. */
export async function programAt(file: string): Promise<string | undefined> {
  for (const candidate of WINDOWS && !file.toLowerCase().endsWith(".exe") ? [`${file}.exe`] : [file]) {
    try {
      await access(candidate, constants.X_OK);
      if ((await stat(candidate)).isFile()) return candidate;
    } catch {
      // Not there, or not to be run: the next one may be.
    }
  }
  return undefined;
}
