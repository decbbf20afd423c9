// The list of what can be inserted. While one moves through it, the editor shows where the block would stand and how
// it would begin; nothing is written until one is chosen, so that leaving the list leaves no trace.

import * as vscode from "vscode";
import type { Client } from "./client";
import { type Family, findOffers, type Offer } from "./offers";
import { beginning, Preview } from "./preview";

/** Characters that fit into the list. */
const WIDTH = 84;

/** Without an offer it is the last one, which leads on to something else. */
interface Item extends vscode.QuickPickItem {
  readonly offer: Offer | undefined;
}

/** What is inserted, where, and what to do for somebody who wants an explanation first. */
export interface Request {
  readonly document: vscode.Uri;
  readonly place: vscode.Range;
  readonly families: readonly Family[];
  explain(id: string): Promise<void>;
  /** What else can be chosen at the end of the list. */
  readonly more?: { readonly label: string; readonly detail: string; run(): Promise<void> };
}

/** Lets the user choose a block, and inserts it as one step that can be undone. */
export async function pick(client: Client, request: Request): Promise<void> {
  const list = vscode.window.createQuickPick<Item>();
  list.title = request.families.includes("technique") ? vscode.l10n.t("Insert Technique") : vscode.l10n.t("Compose");
  list.placeholder = vscode.l10n.t("Choose what to insert at the cursor; Escape leaves everything as it is");
  list.matchOnDescription = list.matchOnDetail = true;
  list.busy = true;
  const chosen = choose(list, request);
  list.show();
  const last = request.more ? [{ ...request.more, offer: undefined }] : [];
  try {
    const offers = await findOffers(client, request.document, request.place, request.families);
    list.items = [...offers.map(item), ...last];
  } catch (error) {
    list.hide();
    throw error;
  }
  list.busy = false;
  if (!list.items.length) list.placeholder = vscode.l10n.t("Nothing can be inserted here");
  const picked = await chosen;
  if (picked?.offer) await vscode.workspace.applyEdit(picked.offer.edit);
  else if (picked) await request.more?.run();
}

function item(offer: Offer): Item {
  return {
    label: offer.title,
    description: offer.id,
    detail: beginning(offer.texts.map(({ text }) => text).join("\n"), WIDTH),
    buttons: [{ iconPath: new vscode.ThemeIcon("book"), tooltip: vscode.l10n.t("Explain") }],
    offer,
  };
}

/** What is chosen in a list; `undefined` if it is left. */
function choose(list: vscode.QuickPick<Item>, request: Request): Promise<Item | undefined> {
  const preview = new Preview(request.document);
  return new Promise((settle) => {
    list.onDidChangeActive(([active]) => preview.show(active?.offer));
    list.onDidTriggerItemButton(({ item }) => {
      if (item.offer) void request.explain(item.offer.id);
      list.hide();
    });
    list.onDidAccept(() => {
      settle(list.activeItems[0]);
      list.hide();
    });
    list.onDidHide(() => {
      preview.dispose();
      list.dispose();
      settle(undefined);
    });
  });
}
