package org.sparkautoencoder.csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FileSignatureTest {
    private static final int HEAD = 512;
    private static final String CSV = "label,p0,p1\n5,0,255\n3,12,0\n";

    private static String describe(byte[] bytes) {
        return FileSignature.describe(bytes, Math.min(HEAD, bytes.length));
    }

    /** @param start each character is a byte */
    private static String describe(String start) {
        return describe(start.getBytes(ISO_8859_1));
    }

    /** What begins with these bytes, given in hexadecimal, and goes on like a binary file. */
    private static String describeBinary(String hex) {
        byte[] bytes = new byte[HEAD];
        new SplittableRandom(1).nextBytes(bytes);
        byte[] start = HexFormat.ofDelimiter(" ").parseHex(hex);
        System.arraycopy(start, 0, bytes, 0, start.length);
        return describe(bytes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1f 8b 08 | is compressed with gzip: give it a name that ends in .gz, or unpack it",
                "fd 37 7a 58 5a 00 | is compressed with xz: unpack it (xz -d), or compress it with gzip",
                "28 b5 2f fd | is compressed with zstd: unpack it (zstd -d), or compress it with gzip",
                "42 5a 68 39 31 41 59 26 53 59 | is compressed with bzip2: give it a name that ends in .bz2, or unpack it",
                "42 5a 68 39 17 72 45 38 50 90 | is compressed with bzip2: give it a name that ends in .bz2, or unpack it",
                "37 7a bc af 27 1c | is a 7z archive: unpack it and name the CSV file in it",
                "52 61 72 21 1a 07 | is a rar archive: unpack it and name the CSV file in it",
                "50 41 52 31 | is a Parquet file: say --format parquet (with denoise and predict --input-format)",
                "50 41 52 45 | is an encrypted Parquet file: convert it to CSV",
                "4f 52 43 | is an ORC file: convert it to CSV",
                "4f 62 6a 01 | is an Avro file: convert it to CSV",
                "89 48 44 46 0d 0a 1a 0a | is an HDF5 file: convert it to CSV",
                "93 4e 55 4d 50 59 01 00 | is a NumPy array (.npy): write it as CSV with numpy.savetxt",
                "80 04 95 | is a Python pickle: write its data as CSV",
                "d0 cf 11 e0 a1 b1 1a e1 | is an Excel file (.xls): save it as CSV",
                "25 50 44 46 2d 31 2e 37 0a | is a PDF document: name a CSV file",
                "89 50 4e 47 0d 0a 1a 0a | is a PNG image: name a CSV file, with the pixels of an image in each row",
                "ff d8 ff e0 | is a JPEG image: name a CSV file, with the pixels of an image in each row",
                "47 49 46 38 37 61 | is a GIF image: name a CSV file, with the pixels of an image in each row",
                "47 49 46 38 39 61 | is a GIF image: name a CSV file, with the pixels of an image in each row",
                "00 00 08 03 00 00 ea 60 | is an IDX file: make a CSV of it with ./submit.sh prepare --images FILE --labels FILE",
                "00 00 0d 01 00 00 ea 60 | is an IDX file: make a CSV of it with ./submit.sh prepare --images FILE --labels FILE",
            })
    void describe_binaryKind_isNamed(String hex, String line) {
        assertThat(describeBinary(hex)).isEqualTo(line);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "digits.csv | is a zip archive: unpack it and name the CSV file in it",
                "x_train.npy | is a NumPy archive (.npz): write its array as CSV with numpy.savetxt",
                "[Content_Types].xml | is an Excel file (.xlsx) or of another Office program: save it as CSV",
                "xl/workbook.xml | is an Excel file (.xlsx) or of another Office program: save it as CSV",
                "mimetype | is an OpenDocument file (.ods): save it as CSV",
            })
    void describe_zip_isNamedByItsFirstFile(String name, String line) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(CSV.getBytes(UTF_8));
        }
        assertThat(describe(bytes.toByteArray())).isEqualTo(line);
        assertThat(describe("PK\3\4")).contains("is a zip archive");
    }

    @Test
    void describe_gzipOfJava_isNamed() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(CSV.getBytes(UTF_8));
        }
        assertThat(describe(bytes.toByteArray())).contains("is compressed with gzip");
    }

    @Test
    void describe_tar_isNamed() {
        byte[] header = Arrays.copyOf("digits.csv".getBytes(UTF_8), HEAD);
        System.arraycopy("ustar".getBytes(UTF_8), 0, header, 257, 5);
        assertThat(describe(header)).isEqualTo("is a tar archive: unpack it and name the CSV file in it");
    }

    @Test
    void describe_containersWithTextAtTheStart_areNamed() {
        assertThat(describe("MATLAB 5.0 MAT-file, Platform: GLNXA64\0\1IM"))
                .isEqualTo("is a MATLAB file (.mat): convert it to CSV");
        assertThat(describe("MATLAB 7.3 MAT-file, Platform: PCWIN64\0\2IM"))
                .isEqualTo("is a MATLAB file (.mat): convert it to CSV");
        assertThat(describe("SQLite format 3\0\u0010\0")).isEqualTo("is an SQLite database: export its table as CSV");
        for (String old :
                new String[] {"cnumpy._core.multiarray\n_reconstruct\np0\n", "(dp0\nVa\np1\n", "(lp0\nI1\na."}) {
            assertThat(describe(old)).isEqualTo("is a Python pickle: write its data as CSV");
        }
    }

    @Test
    void describe_utf16_isNamedWithAndWithoutByteOrderMark() {
        String text = "is text in UTF-16: save it as UTF-8 (iconv -f ";
        assertThat(describe(("\ufeff" + CSV).getBytes(UTF_16LE))).isEqualTo(text + "UTF-16 -t UTF-8)");
        assertThat(describe(("\ufeff" + CSV).getBytes(UTF_16BE))).isEqualTo(text + "UTF-16 -t UTF-8)");
        assertThat(describe(CSV.getBytes(UTF_16LE))).isEqualTo(text + "UTF-16LE -t UTF-8)");
        assertThat(describe(CSV.getBytes(UTF_16BE))).isEqualTo(text + "UTF-16BE -t UTF-8)");
        assertThat(describe("größe,farbe,label\n1,2,grün\n".getBytes(UTF_16LE))).isEqualTo(text + "UTF-16LE -t UTF-8)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-32LE", "UTF-32BE"})
    void describe_utf32_isNamed(String encoding) {
        assertThat(describe(("\ufeff" + CSV).getBytes(Charset.forName(encoding))))
                .isEqualTo("is text in UTF-32: save it as UTF-8 (iconv -f UTF-32 -t UTF-8)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE html>\n<html lang=\"en\">",
                "\n  <!doctype HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\">",
                "<html><head><title>Sign in</title>",
                "<HTML>",
                "<!-- saved -->\n<html>",
                "<?xml version=\"1.0\"?>\n<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\">"
            })
    void describe_html_isNamed(String text) {
        assertThat(describe(text))
                .isEqualTo("is an HTML page, such as a server's login or error page: download the file itself again");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<?xml version=\"1.0\"?>\n<Error><Code>AccessDenied</Code>", "<!DOCTYPE svg>\n<svg>"})
    void describe_xml_isNamed(String text) {
        assertThat(describe(text)).isEqualTo("is XML: convert it to CSV");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"label\": 5, \"pixels\": [0, 255]}\n",
                "{\n  \"rows\": [",
                "{'label': 5}",
                "{}",
                "{",
                "[",
                "[]",
                "[[0, 255], [1, 2]]",
                "[0, 255]\n[1, 2]\n",
                "[ -1.5, 2]",
                "\n[\n  {\"label\": 5}",
                "[null, 1]",
                "[\"a\", \"b\"]"
            })
    void describe_json_isNamed(String text) {
        assertThat(describe(text)).isEqualTo("is JSON: convert it to CSV");
        assertThat(describe("\u00ef\u00bb\u00bf" + text)).isEqualTo("is JSON: convert it to CSV");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@RELATION digits\n@ATTRIBUTE p0 NUMERIC\n",
                "@relation 'x'\r\n",
                "% 1. Title: Iris Plants\n%\n% 2. Sources:\n\n@Relation iris\n",
                "%\r\n%\r\n@relation x\r\n"
            })
    void describe_arff_isNamed(String text) {
        assertThat(describe(text)).isEqualTo("is an ARFF file: remove its lines up to @DATA, or convert it to CSV");
    }

    @Test
    void describe_gitLfsPointer_isNamed() {
        assertThat(describe("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a2146\nsize 12345\n"))
                .isEqualTo("is a Git LFS pointer in place of the file: get the file with git lfs pull");
    }

    @Test
    void describe_loneCarriageReturns_areNamed() {
        assertThat(describe(CSV.replace('\n', '\r')))
                .isEqualTo("has lone carriage returns (CR) as line ends: convert them to LF (tr '\\r' '\\n')");
        byte[] cut = new byte[HEAD]; // between CR and LF
        Arrays.fill(cut, (byte) '1');
        cut[HEAD - 1] = '\r';
        assertThat(describe(cut)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 1:0.8275 2:0.8706 3:0.1373\n0 1:0.8\n",
                "-1 3:1 11:1 14:1 \r\n+1 5:-1.5e-3\r\n",
                "5\n3 7:0.5\n",
                "1 qid:3 1:0.5\n",
                "1,4 2:0.5\n",
                "# from a tool\n2.5 1:3 # row 1\n",
                "1\t1:0.5\t2:1\n",
                "1 1:0.5"
            })
    void describe_libsvm_isNamed(String text) {
        assertThat(describe(text)).isEqualTo(FileSignature.LIBSVM);
    }

    @Test
    void describe_libsvmLineLongerThanTheHead_isNamed() {
        StringBuilder line = new StringBuilder("7");
        for (int i = 1; i < 300; i++) {
            line.append(' ').append(i).append(":0.5");
        }
        for (int length = 100; length < HEAD; length++) {
            assertThat(FileSignature.describe(line.toString().getBytes(UTF_8), length))
                    .contains("libsvm");
        }
    }

    @Test
    void describe_otherBinary_isNamed() {
        assertThat(describe(new byte[HEAD])).isEqualTo("is a binary file, not text (byte 1 is 0): convert it to CSV");
        assertThat(describe("1,2,3\n4,\0,6\n"))
                .isEqualTo("is a binary file, not text (byte 9 is 0): convert it to CSV");
        assertThat(describe("1\0012\0013\n4\0015\0016\n"))
                .isEqualTo("is not CSV text (4 of its first 12 bytes are control characters): convert it to CSV");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                CSV,
                "5,0,255\n3,12,0\n",
                "5\t0\t255\r\n3\t12\t0\r\n",
                "5;0,5;1\n3;12;0\n",
                "5 0 255\n3 12 0\n",
                "\"label\",\"p0\"\n\"5\",\"255\"\n",
                "\u00ef\u00bb\u00bflabel,p0\n5,0\n",
                "# made by numpy.savetxt\n0,211\n",
                "# 1:2\n0,211\n",
                "-1.5,2e-3,.5,+7,nan,?\n",
                "0.000000000000000000e+00,2.110000000000000000e+02\n",
                "cat,211,222\ndog,1,2\n",
                "gr\u00fcn,1,2\n",
                "gr\u00c3\u00bcn,1,2\n",
                ",label,p0\n0,5,211\n",
                "82%,87%,13%\n",
                "%,1,2\n",
                "5,0,255",
                "12:30,5,7\n12:31,5,8\n",
                "1,12:30,5\n",
                "1 12:30 5\n2 12:31 6\n",
                "<TICKER>,<PER>,<DATE>\nA,1,20200101\n",
                "[label],[p0]\n5,0\n",
                "[next],[true]\n",
                "{3F2504E0-4F89},5,1\n",
                "PAR1,PAR2,label\n",
                "ORC,BZh9,label\n",
                "PK,label\n",
                "GIF,label\n",
                "version,label\n1,2\n",
                "@relation_id,label\n",
                "1,2\n3,4\n\u001a"
            })
    void describe_csv_isNull(String text) {
        assertThat(describe(text)).isNull();
    }

    @Test
    void describe_bytesAfterTheLength_areNotRead() {
        assertThat(FileSignature.describe(new byte[] {'1', ',', '2', 0, 0}, 3)).isNull();
        assertThat(FileSignature.describe(new byte[0], 0)).isNull();
    }
}
