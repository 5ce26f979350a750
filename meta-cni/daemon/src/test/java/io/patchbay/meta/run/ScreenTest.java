package io.patchbay.meta.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import org.junit.jupiter.api.Test;

class ScreenTest {
    private final StringWriter out = new StringWriter();

    private String shown(Screen screen, String... texts) {
        for (String text : texts) {
            assertThat(screen.show(text)).isTrue();
        }
        return out.toString();
    }

    @Test
    void aTerminalIsDrawnOverFromItsTop() {
        assertThat(shown(new Screen(new PrintWriter(out), true, "\n"), "a\nbc\n", "d\n"))
                .isEqualTo("\u001b[Ha\u001b[K\nbc\u001b[K\n\u001b[J\u001b[Hd\u001b[K\n\u001b[J");
    }

    @Test
    void aPipeGetsOneAfterTheOther() {
        assertThat(shown(new Screen(new PrintWriter(out), false, "\n"), "a\n", "b\n"))
                .isEqualTo("a\n\nb\n");
    }

    @Test
    void whatLooksTheSameIsNotShownAgain() {
        assertThat(shown(new Screen(new PrintWriter(out), false, ""), "a\n", "a\n", "b\n", "a\n"))
                .isEqualTo("a\nb\na\n");
    }

    @Test
    void whereNobodyReadsAnyMoreItSaysSo() {
        Writer closed =
                new Writer() {
                    @Override
                    public void write(char[] buffer, int offset, int length) throws IOException {
                        throw new IOException("Broken pipe");
                    }

                    @Override
                    public void flush() {}

                    @Override
                    public void close() {}
                };
        assertThat(new Screen(new PrintWriter(closed), false, "").show("a\n")).isFalse();
    }
}
