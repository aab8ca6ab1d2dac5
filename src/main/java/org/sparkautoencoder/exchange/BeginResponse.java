package org.sparkautoencoder.exchange;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What an executor is told when all have joined; the parameters and, unless the driver alone needs it, the velocity follow.
 *
 * @param dense whether sums of gradients are exchanged, not factors
 * @param shards of each executor
 */
record BeginResponse(boolean dense, int epoch, List<int[]> shards) {
    ByteBuffer write(int status, float[] parameters, float[] velocity) {
        int ints = 4 + shards.size();
        for (int[] one : shards) {
            ints += one.length;
        }
        int floats = Math.addExact(parameters.length, velocity.length);
        ByteBuffer out =
                WireFormat.allocate(Math.addExact(WireFormat.RESPONSE + 4 * ints, Math.multiplyExact(4, floats)));
        WireFormat.response(out, 0, status, 0, 0);
        out.position(WireFormat.RESPONSE);
        out.putInt(dense ? 1 : 0).putInt(epoch).putInt(shards.size());
        for (int[] one : shards) {
            out.putInt(one.length);
            for (int shard : one) {
                out.putInt(shard);
            }
        }
        out.putInt(velocity.length);
        out.asFloatBuffer().put(parameters).put(velocity);
        return out.clear();
    }

    /** Reads it behind the response's header, up to the number of the velocity's values. */
    static BeginResponse read(ByteBuffer in) {
        boolean dense = in.getInt() != 0;
        int epoch = in.getInt();
        List<int[]> shards = new ArrayList<>();
        for (int executors = in.getInt(); executors > 0; executors--) {
            int[] one = new int[in.getInt()];
            for (int i = 0; i < one.length; i++) {
                one[i] = in.getInt();
            }
            shards.add(one);
        }
        return new BeginResponse(dense, epoch, shards);
    }
}
