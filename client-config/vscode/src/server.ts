// Decides which server is started: the user's own before the one that comes with the extension.

import { homedir } from "node:os";
import * as path from "node:path";
import * as vscode from "vscode";
import { activePython } from "./environment";
import { PROGRAMS, programAt, which } from "./programs";
import { findPython } from "./python";

const PROGRAM = "thoughtsmith";

/** How the server is started, and where it was found. */
export interface Server {
  readonly command: string;
  readonly args: readonly string[];
  readonly origin: "setting" | "workspace" | "environment" | "path" | "bundled";
}

/** There is no server to start, for want of what the setting names or of a Python. */
export class NoServerError extends Error {
  constructor(
    readonly setting: "path" | "interpreter",
    message: string,
  ) {
    super(message);
  }
}

/**
 * The server for this window: the one that is set, that of the workspace's virtual environment, that of the active
 * Python environment, that on the PATH, or the bundled one. A workspace that is not trusted gets the bundled one only.
 * Throws `NoServerError`.
 */
export async function findServer(extension: vscode.Uri): Promise<Server> {
  const trusted = vscode.workspace.isTrusted;
  const installed = trusted ? await findInstalled() : undefined;
  return installed ?? bundled(extension, trusted);
}

async function findInstalled(): Promise<Server | undefined> {
  const chosen = setting("path");
  if (chosen) {
    const command = await which(chosen);
    if (command !== undefined) return { command, args: ["server"], origin: "setting" };
    throw new NoServerError("path", vscode.l10n.t('The setting thoughtsmith.path names "{0}", which is no program.', chosen));
  }
  for (const folder of vscode.workspace.workspaceFolders ?? []) {
    for (const name of [".venv", "venv"]) {
      const command = await programAt(path.join(folder.uri.fsPath, name, PROGRAMS, PROGRAM));
      if (command !== undefined) return { command, args: ["server"], origin: "workspace" };
    }
  }
  const python = await activePython();
  // Windows has programs of an environment in a folder below that of its Python, if it is not a virtual one.
  for (const folder of python === undefined ? [] : [path.dirname(python), path.join(path.dirname(python), PROGRAMS)]) {
    const command = await programAt(path.join(folder, PROGRAM));
    if (command !== undefined) return { command, args: ["server"], origin: "environment" };
  }
  const command = await which(PROGRAM);
  return command === undefined ? undefined : { command, args: ["server"], origin: "path" };
}

async function bundled(extension: vscode.Uri, trusted: boolean): Promise<Server> {
  const chosen = setting("interpreter");
  const python = await findPython(chosen, trusted);
  if (!python) {
    const problem = chosen
      ? vscode.l10n.t('The setting thoughtsmith.interpreter names "{0}", which is no Python 3.10 or newer.', chosen)
      : vscode.l10n.t("Thoughtsmith needs Python 3.10 or newer and found none.");
    throw new NoServerError("interpreter", problem);
  }
  // Isolated and without site packages: only what comes with the extension can be imported.
  const args = [...python.args, "-I", "-S", "-X", "utf8", path.join(extension.fsPath, "bundled"), "server"];
  return { command: python.command, args, origin: "bundled" };
}

/** The setting, with `~` and `${workspaceFolder}` filled in. */
function setting(name: "path" | "interpreter"): string {
  const value = vscode.workspace.getConfiguration(PROGRAM).get<string>(name, "").trim();
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? "";
  return value.replaceAll("${workspaceFolder}", folder).replace(/^~(?=[\\/])/, homedir());
}
