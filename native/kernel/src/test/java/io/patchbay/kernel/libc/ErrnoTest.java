package io.patchbay.kernel.libc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErrnoTest {
    @Test
    void aNumberHasANameAndAMeaning() {
        assertThat(Errno.exception("create link net1", 16, "kernel: in use"))
                .hasMessage("create link net1: EBUSY (device or resource busy), kernel: in use");
    }

    @Test
    void aNumberNobodyNamedIsToldAsItIs() {
        assertThat(Errno.reason(512)).isEqualTo("error 512");
    }
}
