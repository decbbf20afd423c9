// Which documents are the server's business. The table is made from its formats.

import * as vscode from "vscode";
import { languages, patterns } from "./documents.json";

/** Only documents that can be edited: not the old side of a comparison, not an output panel. */
const SCHEMES = ["file", "untitled"];

export interface Filter {
  readonly scheme: string;
  readonly language?: string;
  readonly pattern?: string;
}

export function selector(): Filter[] {
  return [
    ...languages.flatMap((language) => SCHEMES.map((scheme) => ({ scheme, language }))),
    // Prompts that VS Code has no language for, or one that says nothing of prompts.
    ...[...patterns, ...chosenPatterns()].map((pattern) => ({ scheme: "file", pattern })),
  ];
}

/** The files for which the user has set a format; written as in .gitignore, which is read more generously here. */
function chosenPatterns(): string[] {
  const formats = vscode.workspace.getConfiguration("thoughtsmith").get<Record<string, string>>("formats", {});
  return Object.keys(formats).map((pattern) => `**/${pattern.replace(/^\//, "")}${pattern.endsWith("/") ? "**" : ""}`);
}

export function isOurs(document: vscode.TextDocument): boolean {
  return vscode.languages.match(selector(), document) > 0;
}
