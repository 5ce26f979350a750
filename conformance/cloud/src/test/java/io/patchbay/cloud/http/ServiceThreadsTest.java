package io.patchbay.cloud.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.Test;

class ServiceThreadsTest {
    @Test
    void theyAreNoneOfWhoHasThemStarted() throws Exception {
        try (ExecutorService threads = ServiceThreads.of("ec2")) {
            Thread answering = threads.submit(Thread::currentThread).get();
            assertThat(answering.getName()).isEqualTo("ec2-0");
            assertThat(answering.isVirtual()).isFalse();
            assertThat(answering.getThreadGroup())
                    .isNotEqualTo(Thread.currentThread().getThreadGroup());
        }
    }
}
