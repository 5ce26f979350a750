package io.patchbay.sriov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.spi.net.KernelException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BusyTest {
    private final AtomicInteger calls = new AtomicInteger();

    private Runnable refusing(int errno, int times) {
        return () -> {
            if (calls.incrementAndGet() <= times) {
                throw new KernelException("set", errno, "errno " + errno);
            }
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {KernelException.EBUSY, KernelException.EAGAIN})
    void whatIsBusyIsTriedAgain(int errno) {
        Busy.retry(refusing(errno, 2));
        assertThat(calls).hasValue(3);
    }

    @Test
    void whatStaysBusyIsGivenUp() {
        assertThatThrownBy(() -> Busy.retry(refusing(KernelException.EBUSY, Integer.MAX_VALUE)))
                .isInstanceOf(KernelException.class);
        assertThat(calls).hasValue(20);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                KernelException.EINVAL,
                KernelException.EOPNOTSUPP,
                KernelException.EADDRNOTAVAIL,
                KernelException.ENODEV
            })
    void whatIsRefusedIsNotTriedAgain(int errno) {
        assertThatThrownBy(() -> Busy.retry(refusing(errno, 1)))
                .isInstanceOf(KernelException.class);
        assertThat(calls).hasValue(1);
    }
}
