import { declaredName, runsCases } from "./declared-name.ts";
import { type PlaceInStatement, placeInStatement } from "./place-in-statement.ts";
import type { SourceLocation } from "./source.ts";
import { linesOf, pathOf } from "./source-files.ts";

type Formatter = (error: Error, sites: NodeJS.CallSite[]) => unknown;

/** The frame's place in the original source. Lets the installed formatter do the source mapping. */
function locate(site: NodeJS.CallSite, formatter: Formatter | undefined): SourceLocation | undefined {
  if (formatter) {
    const text = String(formatter(new Error(), [site]));
    const match = /\(?((?:file:\/\/)?[^()\n]+?):(\d+):(\d+)\)?\s*$/.exec(text);
    if (match) {
      const file = match[1]!.replace(/^.*?\bat (?:async )?/, "").trim();
      return { file: pathOf(file), line: Number(match[2]), column: Number(match[3]) };
    }
  }
  const file = site.getFileName();
  if (!file) return undefined;
  return { file: pathOf(file), line: site.getLineNumber() ?? 1, column: site.getColumnNumber() ?? 1 };
}

/** A call: where it stands, and the name that the code there gives to the result. */
export class CallPlace {
  /** The kind of file that it stands in, as `RunFile` tells it. */
  readonly origin: number;
  readonly #site: NodeJS.CallSite;
  readonly #formatter: Formatter | undefined;
  #location: SourceLocation | undefined;
  #name: string | undefined;
  #inStatement: PlaceInStatement | undefined;
  #located = false;
  #named = false;

  constructor(site: NodeJS.CallSite, origin: number) {
    this.#site = site;
    this.origin = origin;
    this.#formatter = Error.prepareStackTrace as Formatter | undefined;
  }

  get location(): SourceLocation | undefined {
    if (!this.#located) {
      this.#located = true;
      this.#location = locate(this.#site, this.#formatter);
    }
    return this.#location;
  }

  get name(): string | undefined {
    if (!this.#named) {
      this.#named = true;
      const { location } = this;
      this.#name = location && declaredName(linesOf(location.file), location.line, location.column);
    }
    return this.#name;
  }

  /** Whether it stands in the fields of a class, which run before its constructor. */
  get initializesFields(): boolean {
    return this.#site.getFunctionName() === "<instance_members_initializer>";
  }

  /** What the call is in the statement around it. */
  get inStatement(): PlaceInStatement {
    if (!this.#inStatement) {
      const { location } = this;
      this.#inStatement = location
        ? placeInStatement(linesOf(location.file), location.line, location.column)
        : { kind: "statement" };
    }
    return this.#inStatement;
  }

  /** Whether it is a statement that runs callbacks for its cases, whose name is not that of what they compute. */
  get runsCases(): boolean {
    const { location } = this;
    return location !== undefined && runsCases(linesOf(location.file), location.line, location.column);
  }
}
