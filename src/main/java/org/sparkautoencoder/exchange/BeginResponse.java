package org.sparkautoencoder.exchange;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The driver's response to a join request, sent when all executors have joined. The parameters follow, and the velocity
 * unless the driver makes the update.
 *
 * @param dense whether gradients are exchanged rather than factors
 * @param epoch the first epoch of the attempt
 * @param shards by executor
 */
record BeginResponse(boolean dense, int epoch, List<int[]> shards) {
    ByteBuffer write(int status, float[] parameters, float[] velocity) {
        int ints = 4 + shards.size();
        for (int[] ofExecutor : shards) {
            ints += ofExecutor.length;
        }
        int floats = Math.addExact(parameters.length, velocity.length);
        ByteBuffer out =
                WireFormat.allocate(Math.addExact(WireFormat.RESPONSE + 4 * ints, Math.multiplyExact(4, floats)));
        WireFormat.response(out, 0, status, 0, 0);
        out.position(WireFormat.RESPONSE);
        out.putInt(dense ? 1 : 0).putInt(epoch).putInt(shards.size());
        for (int[] ofExecutor : shards) {
            out.putInt(ofExecutor.length);
            for (int shard : ofExecutor) {
                out.putInt(shard);
            }
        }
        out.putInt(velocity.length);
        out.asFloatBuffer().put(parameters).put(velocity);
        return out.clear();
    }

    /** Reads what follows the response's header; leaves the buffer at the length of the velocity. */
    static BeginResponse read(ByteBuffer in) {
        boolean dense = in.getInt() != 0;
        int epoch = in.getInt();
        List<int[]> shards = new ArrayList<>();
        for (int executors = in.getInt(); executors > 0; executors--) {
            int[] ofExecutor = new int[in.getInt()];
            for (int i = 0; i < ofExecutor.length; i++) {
                ofExecutor[i] = in.getInt();
            }
            shards.add(ofExecutor);
        }
        return new BeginResponse(dense, epoch, shards);
    }
}
