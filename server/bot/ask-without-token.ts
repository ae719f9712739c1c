const DEADLINE_MILLISECONDS = 10_000;

/** The status with which a bot's address answers an activity of somebody without a token; null when nobody answers. */
export async function askWithoutToken(url: string): Promise<number | null> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'message' }),
      redirect: 'manual',
      signal: AbortSignal.timeout(DEADLINE_MILLISECONDS),
    });
    await answer.body?.cancel();
    return answer.status;
  } catch {
    return null;
  }
}
