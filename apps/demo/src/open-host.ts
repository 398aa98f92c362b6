import { createHost, type Host, HostError } from '@clew/host';

const usualPort = 5180;

/** The collector and viewer: at the port that was asked for, or else at the usual one, or any that is free. */
export async function openHost(viewerRoot: string | undefined, port: number | undefined): Promise<Host> {
  const options = { database: ':memory:', ...(viewerRoot !== undefined && { viewerRoot }) };
  if (port !== undefined) return createHost({ ...options, port });
  try {
    return await createHost({ ...options, port: usualPort });
  } catch (error) {
    if (!HostError.isInstance(error) || error.code !== 'port_in_use') throw error;
    return createHost({ ...options, port: 0 });
  }
}
