import { InvalidArgumentError } from "commander";
import { InputError } from "../spec/index.ts";

/** A parser for an option from one that throws InputError: commander then says which option it was. */
export function whenValid<T>(parse: (text: string) => T): (text: string) => T {
  return (text) => {
    try {
      return parse(text);
    } catch (error) {
      throw error instanceof InputError ? new InvalidArgumentError(`${error.message}.`) : error;
    }
  };
}
