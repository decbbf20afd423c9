// The Python environment that is chosen in Microsoft's Python extension, if that is installed.

import * as vscode from "vscode";

/** What is used of its public interface. */
interface PythonExtension {
  readonly environments: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { readonly path: string };
    resolveEnvironment(environment: { readonly path: string }): Promise<
      { readonly executable: { readonly uri?: vscode.Uri } } | undefined
    >;
    readonly onDidChangeActiveEnvironmentPath: vscode.Event<unknown>;
  };
}

async function pythonExtension(): Promise<PythonExtension | undefined> {
  const extension = vscode.extensions.getExtension<PythonExtension>("ms-python.python");
  try {
    const api = await extension?.activate();
    // Editors that are not Microsoft's may have another extension under this name.
    return typeof api?.environments?.getActiveEnvironmentPath === "function" ? api : undefined;
  } catch {
    return undefined;
  }
}

/** The Python of the active environment. */
export async function activePython(): Promise<string | undefined> {
  const environments = (await pythonExtension())?.environments;
  try {
    const active = environments?.getActiveEnvironmentPath(vscode.workspace.workspaceFolders?.[0]?.uri);
    return active && (await environments?.resolveEnvironment(active))?.executable.uri?.fsPath;
  } catch {
    return undefined;
  }
}

/** Calls `listener` whenever another environment is chosen. */
export async function onEnvironmentChange(listener: () => void): Promise<vscode.Disposable | undefined> {
  return (await pythonExtension())?.environments.onDidChangeActiveEnvironmentPath(listener);
}
