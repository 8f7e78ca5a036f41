// From the command to the ready line, the first time and the second.
import { startProgram, tell, withFolder } from './product.mjs';

export async function measureStart() {
  await withFolder(async (folder) => {
    const environment = { PORT: '0', SANDBOX_PORT: '0', CANOPY_DATA_DIR: folder };
    for (const turn of ['first start, an empty folder', 'second start']) {
      const product = await startProgram('main.js', environment, /Canopy ready at (\S+)/);
      tell(turn, `${product.seconds.toFixed(2)} s to ready`);
      await product.stop();
    }
  });
}
