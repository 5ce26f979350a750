package io.patchbay.examples.dpdk;

import io.patchbay.dpdk.Availability;
import io.patchbay.dpdk.Dpdk;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIf;

/// For a class of tests that starts DPDK: left out where the machine has none.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf("io.patchbay.examples.dpdk.NeedsDpdk$Condition#holds")
@interface NeedsDpdk {
    final class Condition {
        private Condition() {}

        static boolean holds() {
            return Dpdk.availability() instanceof Availability.Available;
        }
    }
}
