package io.patchbay.dpdk.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnnotationsTest {
    @TempDir Path directory;
    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("annotations");
    }

    @Test
    void aValueIsReadAsGoQuotesIt() throws IOException {
        Files.writeString(
                file,
                "a=\"1\"\nkey=\"[\\n\\t{\\\"x\\\": \\\"a=b\\\\\\\\c\\\"}\\u00e9\\xc3\\xa9\\U0001f600\\a]é\"\nkeys=\"2\"\n");

        assertThat(Annotations.find(file, "key"))
                .contains("[\n\t{\"x\": \"a=b\\\\c\"}éé\uD83D\uDE00\u0007]é");
        assertThat(Annotations.find(file, "keys")).contains("2");
        assertThat(Annotations.find(file, "ke")).isEmpty();
    }

    @Test
    void aFileOfOneAnnotationIsItsValue() throws IOException {
        Files.writeString(file, "[{\"name\": \"a\"}]");

        assertThat(Annotations.find(file, "key")).contains("[{\"name\": \"a\"}]");
    }

    @Test
    void whereThereIsNoFileThereIsNoAnnotation() {
        assertThat(Annotations.find(file, "key")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "key=value | it is not between quotation marks",
                "key=\" | it is not between quotation marks",
                "key= | it is not between quotation marks",
                "key=\"a\\q\" | \\q is no escape sequence",
                "key=\"a\\xZZ\" | \\x has no hexadecimal digits",
                "key=\"a\\u12\" | escape sequence \\u is cut off",
                "key=\"a\\Uffffffff\" | \\U has no hexadecimal digits",
                "key=\"a\\U00110000\" | escape sequence \\U is cut off",
            })
    void whatIsMalformedIsNamed(String line, String words) throws IOException {
        Files.writeString(file, line);

        assertThatExceptionOfType(PodException.class)
                .isThrownBy(() -> Annotations.find(file, "key"))
                .withMessageContaining(file.toString())
                .withMessageContaining("\"key\"")
                .withMessageContaining(words);
    }
}
