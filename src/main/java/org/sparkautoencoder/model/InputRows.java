package org.sparkautoencoder.model;

import java.io.Serializable;
import org.sparkautoencoder.shards.MaskingNoise;
import org.sparkautoencoder.shards.Shard;
import org.sparkautoencoder.shards.Split;

/** The network's inputs for a shard's rows: with the noise of the training, or without noise. */
public final class InputRows implements Serializable {
    private static final long serialVersionUID = 1L;

    private final boolean clean;
    private final MaskingNoise freshNoise;

    private InputRows(boolean clean, MaskingNoise freshNoise) {
        this.clean = clean;
        this.freshNoise = freshNoise;
    }

    /** Training rows, with their noise. Fixed noise lies in the shard already; fresh noise is drawn here. */
    public static InputRows asTrained(MaskingNoise noise) {
        return new InputRows(false, noise != null && noise.mode() == MaskingNoise.Mode.FRESH ? noise : null);
    }

    /** Test rows, with their noise. */
    public static InputRows asTested(MaskingNoise noise) {
        return asTrained(noise == null ? null : noise.forTestSet());
    }

    /** Rows of either set, with their noise. */
    public static InputRows of(Split split, MaskingNoise noise) {
        return split == Split.TEST ? asTested(noise) : asTrained(noise);
    }

    /** Rows without noise, of shards whose targets are the clean rows. */
    public static InputRows clean() {
        return new InputRows(true, null);
    }

    /** Copies the row in {@code index} to {@code out} from {@code offset} on. */
    public void copy(Shard shard, int index, int epoch, int width, float[] out, int offset) {
        System.arraycopy(clean ? shard.targets() : shard.inputs(), index * width, out, offset, width);
        if (freshNoise != null) {
            freshNoise.mask(epoch, shard.ids()[index], out, offset, width);
        }
    }
}
