package org.sparkautoencoder.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The kind of this machine's processor, on which the low bits of products depend. */
public final class Processor {
    private static final Path INFO = Path.of("/proc/cpuinfo");
    private static final Set<String> AVX512_KERNELS = Set.of("SKYLAKEX", "COOPERLAKE", "SAPPHIRERAPIDS");

    private Processor() {}

    /** Architecture, vendor, family and model, as far as they are known. */
    public static String describe() {
        List<String> parts = new ArrayList<>(List.of(System.getProperty("os.arch")));
        for (String line : info()) {
            if (line.matches("(vendor_id|cpu family|model|model name)\\s*:.*")) {
                parts.add(value(line));
            }
        }
        return String.join(" ", parts);
    }

    /** The BLAS in use and the kind of processor: the low bits of a result depend on both. */
    public static String arithmetic() {
        return Blas.name() + " on " + describe();
    }

    /**
     * Whether OpenBLAS uses kernels for AVX-512: as OPENBLAS_CORETYPE says, else on Intel processors with AVX-512.
     *
     * @param coreType OPENBLAS_CORETYPE; null where it is not set
     */
    static boolean hasAvx512Kernels(String coreType) {
        if (coreType != null) {
            return AVX512_KERNELS.contains(coreType.toUpperCase(Locale.ROOT));
        }
        boolean intel = false;
        boolean avx512 = false;
        for (String line : info()) {
            intel |= line.startsWith("vendor_id") && value(line).equals("GenuineIntel");
            avx512 |=
                    line.startsWith("flags") && List.of(value(line).split(" ")).contains("avx512vl");
        }
        return intel && avx512;
    }

    // What the system says of the first of its processors.
    private static List<String> info() {
        try {
            return Files.isReadable(INFO)
                    ? Files.readAllLines(INFO).stream()
                            .takeWhile(line -> !line.isBlank())
                            .toList()
                    : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static String value(String line) {
        return line.substring(line.indexOf(':') + 1).strip();
    }
}
