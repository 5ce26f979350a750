package io.patchbay.vpc.plumbing;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.pod.PodRef;
import org.junit.jupiter.api.Test;

class VethNameTest {
    private static final PodRef POD = new PodRef("default", "web-0", "");

    // The digests are sha1sum's.
    @Test
    void theFirstLinkIsNamedAfterThePodAlone() {
        assertThat(VethName.of("eni", POD, id("eth0"))).isEqualTo("eni0d7763386da");
        assertThat(VethName.of("cali", POD, id("eth0"))).isEqualTo("cali0d7763386da");
    }

    @Test
    void anyFurtherLinkIsNamedAfterItsInterfaceToo() {
        assertThat(VethName.of("eni", POD, id("net1"))).isEqualTo("enide80847183d");
    }

    @Test
    void withoutAPodTheContainerGivesTheName() {
        assertThat(VethName.of("eni", new PodRef("", "", ""), id("eth0")))
                .isEqualTo("enia9993e36470");
    }

    private static AttachmentId id(String ifName) {
        return new AttachmentId("abc", "pods", ifName);
    }
}
