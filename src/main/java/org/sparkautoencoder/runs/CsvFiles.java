package org.sparkautoencoder.runs;

import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapred.JobConf;
import org.apache.hadoop.mapred.RecordWriter;
import org.apache.hadoop.mapred.TextOutputFormat;
import org.apache.hadoop.util.Progressable;

/** Lines of text in files whose names say that they are CSV. Public, since Hadoop makes it. */
public final class CsvFiles extends TextOutputFormat<NullWritable, Text> {
    @Override
    public RecordWriter<NullWritable, Text> getRecordWriter(
            FileSystem ignored, JobConf job, String name, Progressable progress) throws IOException {
        return super.getRecordWriter(ignored, job, name + ".csv", progress);
    }
}
