package io.patchbay.meta.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.kernel.Kernel;
import io.patchbay.meta.attach.Sandbox;
import io.patchbay.spi.net.KernelException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class PatchBayTest {
    private static final Sandbox SANDBOX = Views.sandbox("c1", "core", "amf-0");

    /// A machine of which nothing is known but how a namespace opens.
    private static SandboxView look(Duration limit, Supplier<Object> open) {
        Kernel kernel =
                (Kernel)
                        Proxy.newProxyInstance(
                                Kernel.class.getClassLoader(),
                                new Class<?>[] {Kernel.class},
                                (proxy, method, arguments) -> {
                                    assertThat(method.getName()).isEqualTo("open");
                                    assertThat(arguments).containsExactly("/run/netns/c1");
                                    return open.get();
                                });
        return new PatchBay(kernel, limit).look(List.of(SANDBOX)).getFirst();
    }

    @Test
    void aNamespaceThatIsGoneLeavesWhatTheJournalHas() {
        SandboxView view =
                look(
                        Duration.ofSeconds(30),
                        () -> {
                            throw new KernelException("open", KernelException.ENOENT, "ENOENT");
                        });
        assertThat(view.unseen()).hasValue("the namespace /run/netns/c1 is gone");
        assertThat(view.attachments().getFirst().addresses()).containsExactly(Views.ADDRESS);
        assertThat(view.attachments().getFirst().link()).isEmpty();
        assertThat(view.attachments().getFirst().differences()).isEmpty();
    }

    @Test
    void aNamespaceThatMayNotBeOpenedSaysWhy() {
        SandboxView view =
                look(
                        Duration.ofSeconds(30),
                        () -> {
                            throw new KernelException("open it", 13, "EACCES");
                        });
        assertThat(view.unseen()).hasValue("open it: EACCES");
    }

    @Test
    void onePodThatHangsDoesNotHoldUpTheView() {
        SandboxView view =
                look(
                        Duration.ofMillis(50),
                        () -> {
                            try {
                                new CountDownLatch(1).await();
                            } catch (InterruptedException e) {
                                throw new IllegalStateException("interrupted", e);
                            }
                            return "never";
                        });
        assertThat(view.unseen()).hasValue("/run/netns/c1 did not show itself within 50 ms");
    }
}
