/** The name of a workflow state as files and functions have it: `StartRestore` is `start-restore`. */
export function kebab(name: string): string {
  return name.replaceAll(/(?<=.)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}
