package io.patchbay.ipvlan;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Route;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ParentTest {
    private static final Route FIRST = Route.to(Cidr.any(false)).on(2).metric(100);
    private static final Route SECOND = Route.to(Cidr.any(false)).on(3).metric(200);
    private static final Route SIXTH = Route.to(Cidr.any(true)).on(4).metric(1);
    private static final Route NARROW = Route.to(Cidr.parse("0.0.0.0/1")).on(5);

    @Test
    void theDefaultParentIsThatOfTheRouteTheKernelPrefers() {
        assertThat(Parent.defaultLink(List.of(NARROW, SIXTH, SECOND, FIRST)))
                .isEqualTo(OptionalInt.of(2));
    }

    @Test
    void aNodeOfIpv6OnlyHasADefaultParentToo() {
        assertThat(Parent.defaultLink(List.of(NARROW, SIXTH))).isEqualTo(OptionalInt.of(4));
    }

    @Test
    void aNodeWithoutADefaultRouteHasNone() {
        assertThat(Parent.defaultLink(List.of(NARROW))).isEmpty();
    }
}
