package org.sparkautoencoder.model;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A folder on any Hadoop file system that appears whole or not at all: written under another name, then renamed. */
public final class NewFolder {
    private NewFolder() {}

    /** Writes the folder's files. */
    @FunctionalInterface
    public interface Files {
        void write(FileSystem fs, Path folder) throws IOException;
    }

    /**
     * Checks that there is no such folder.
     *
     * @throws FileAlreadyExistsException if there is
     */
    public static void requireAbsent(Path folder, Configuration conf) throws IOException {
        if (folder.getFileSystem(conf).exists(folder)) {
            throw new FileAlreadyExistsException(folder.toString());
        }
    }

    /**
     * Writes a new folder.
     *
     * @throws FileAlreadyExistsException if there is one already
     */
    public static void write(Path folder, Configuration conf, Files files) throws IOException {
        requireAbsent(folder, conf);
        FileSystem fs = folder.getFileSystem(conf);
        Path aside = new Path(folder.getParent(), "." + folder.getName() + "." + UUID.randomUUID() + ".tmp");
        fs.deleteOnExit(aside); // where the program is interrupted
        try {
            files.write(fs, aside);
            if (!fs.rename(aside, folder)) {
                throw new IOException(aside + " could not be renamed to " + folder);
            }
        } finally {
            fs.delete(aside, true);
            fs.cancelDeleteOnExit(aside);
        }
    }
}
