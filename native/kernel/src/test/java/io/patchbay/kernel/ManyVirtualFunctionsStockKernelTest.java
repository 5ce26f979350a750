package io.patchbay.kernel;

import static io.patchbay.kernel.HostCommand.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchbay.spi.net.Change;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Rtnl;
import io.patchbay.spi.net.VirtualFunction;
import io.patchbay.spi.net.VirtualFunction.Mac;
import io.patchbay.spi.net.VirtualFunction.Rate;
import io.patchbay.spi.net.VirtualFunction.Setting;
import io.patchbay.spi.net.VirtualFunction.SpoofCheck;
import io.patchbay.spi.net.VirtualFunction.State;
import io.patchbay.spi.net.VirtualFunction.Trust;
import io.patchbay.spi.net.VirtualFunction.Vlan;
import io.patchbay.spi.net.VlanProtocol;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A card of some hundred virtual functions. None has a device behind it: netdevsim keeps their
/// settings, all that there are. No witness is asked: ip(8) wants each function's counters too, and
/// with them the kernel's list wraps around at 223.
@Tag("stock-kernel")
class ManyVirtualFunctionsStockKernelTest {
    private static final String MAKE =
            """
            modprobe netdevsim
            echo '113 1' > /sys/bus/netdevsim/new_device
            echo %1$d > /sys/kernel/debug/netdevsim/netdevsim113/max_vfs
            echo %1$d > /sys/bus/netdevsim/devices/netdevsim113/sriov_numvfs
            ip link set $(ls /sys/bus/netdevsim/devices/netdevsim113/net) name sim113
            """;
    private static final String OTHER_NUMBER =
            """
            device=/sys/bus/netdevsim/devices/netdevsim113
            echo 0 > $device/sriov_numvfs
            echo %1$d > /sys/kernel/debug/netdevsim/netdevsim113/max_vfs
            echo %1$d > $device/sriov_numvfs
            """;
    private static final Rtnl RTNL = Kernel.ofThisMachine().host().rtnl();

    @BeforeAll
    static void make() {
        run("sh", "-ec", MAKE.formatted(250));
    }

    @AfterAll
    static void takeAway() {
        run("sh", "-ec", "echo 113 > /sys/bus/netdevsim/del_device");
    }

    private static int card() {
        return RTNL.find("sim113").orElseThrow().index();
    }

    @Test
    void t13_theLastOfTwoHundredAndFiftyIsReadAndSet() {
        List<Setting> settings =
                List.of(
                        new Mac(MacAddress.parse("02:13:00:00:00:f9")),
                        new Vlan(249, 5, VlanProtocol.DOT1AD),
                        new Rate(10, 50),
                        new SpoofCheck(true),
                        new Trust(true),
                        State.DISABLE);
        settings.forEach(
                setting -> RTNL.apply(new Change.SetVirtualFunction(card(), 249, setting)));

        List<VirtualFunction> all = RTNL.virtualFunctions(card());

        assertThat(all).hasSize(250);
        VirtualFunction last = all.getLast();
        assertThat(last.index()).isEqualTo(249);
        assertThat(last.mac()).hasToString("02:13:00:00:00:f9");
        assertThat(last.vlan()).isEqualTo(new Vlan(249, 5, VlanProtocol.DOT1AD));
        assertThat(last.rate()).isEqualTo(new Rate(10, 50));
        assertThat(last.trust()).contains(true);
        assertThat(last.state()).isEqualTo(State.DISABLE);
    }

    @Test
    void aListThatWrappedAroundInTheKernelIsRefusedAndNotTakenForAShortOne() {
        run("sh", "-ec", OTHER_NUMBER.formatted(400));
        try {
            KernelException refusal =
                    catchThrowableOfType(
                            KernelException.class, () -> RTNL.virtualFunctions(card()));
            assertThat(refusal).isNotNull();
        } finally {
            run("sh", "-ec", OTHER_NUMBER.formatted(250));
        }
    }
}
