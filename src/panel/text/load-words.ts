import { type Messages, speak } from "./say";

/**
 * Reads all words of a language from the extension's own files, and speaks it from then on. They are read ahead, and not
 * asked of the browser one by one: an extension that was reloaded gives its old panel none any more.
 */
export async function loadWords(language: string): Promise<void> {
  const answer = await fetch(`/_locales/${language}/messages.json`);
  const messages: Messages = await answer.json();
  speak(messages, language);
}
