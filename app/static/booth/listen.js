/**
 * Own "read aloud": the device's own Chinese voice reads a matter. Offered only where such a voice is installed on the device.
 */

/** Return the device's own voice for a language, or null; voices of a network service are not used. */
export function localVoice(language) {
  const voices = window.speechSynthesis?.getVoices() ?? [];
  const wanted = language === "en" ? "en" : "zh";
  return voices.find((voice) => voice.localService && voice.lang.toLowerCase().startsWith(wanted)) ?? null;
}

/** Read a text; pressing again while it is read stops it. */
export function toggleReading(text, voice) {
  const speech = window.speechSynthesis;
  if (speech.speaking) {
    speech.cancel();
    return;
  }
  const utterance = new SpeechSynthesisUtterance(text);
  utterance.voice = voice;
  utterance.lang = voice.lang;
  speech.speak(utterance);
}
