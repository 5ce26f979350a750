package io.patchbay.chained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.meta.cni.Json;
import io.patchbay.meta.delegate.ConfigBinder;
import io.patchbay.meta.delegate.UnknownKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChainedConfigTest {
    private static <C extends Record> C bind(Class<C> type, String keys) {
        ObjectNode json = (ObjectNode) Json.decode("a plugin", "{" + keys.replace('\'', '"') + "}");
        return ConfigBinder.config("a plugin", json, type, UnknownKeys.REFUSED);
    }

    @Test
    void everyKeyOfTheReferencePluginsIsTaken() {
        bind(
                TuningConfig.class,
                """
                'type': 'tuning', 'name': 'n', 'dataDir': '/run/cni/tuning', 'mac': '02:00:00:00:00:01', 'promisc': true,
                'mtu': 1400, 'allmulti': false, 'txQLen': 0, 'sysctl': {'net.core.somaxconn': '500'}\
                """);
        bind(
                SourceRoutingConfig.class,
                "'type': 'sbr', 'name': 'n', 'table': 100, 'gateways': ['10.0.0.1', 'fd00::1'], 'addSourceHints': true");
    }

    @Test
    void sysctlsAreSetInTheOrderInWhichTheyAreWritten() {
        assertThat(
                        bind(
                                        TuningConfig.class,
                                        "'sysctl': {'net.b': '1', 'net.a': '2', 'net.c': '3'}")
                                .sysctl()
                                .sequencedKeySet())
                .containsExactly("net.b", "net.a", "net.c");
    }

    @ParameterizedTest
    @CsvSource({
        "net.ipv4.conf.IFNAME.arp_filter, net/ipv4/conf/eth0.7/arp_filter",
        "net/ipv4/conf/IFNAME/arp_filter, net/ipv4/conf/eth0.7/arp_filter",
        "net/ipv4/conf/up0.100/arp_filter, net/ipv4/conf/up0.100/arp_filter",
        "net.core.somaxconn, net/core/somaxconn"
    })
    void aSysctlIsAPathBelowNet(String written, String path) {
        assertThat(new SysctlKey(written).path("eth0.7")).isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource({
        "kernel.shmmax",
        "net",
        "net.",
        "net..x",
        "net/../kernel/shmmax",
        "net/ipv4/../../kernel/x",
        "/net/core/x",
        "network.x"
    })
    void aSysctlElsewhereIsRefused(String key) {
        refused(TuningConfig.class, "'sysctl': {'" + key + "': '1'}", "sysctl", key);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "'mtu': -1; mtu",
                "'txQLen': -1; txQLen",
                "'sysctl': {'net.core.somaxconn': ''}; net.core.somaxconn"
            })
    void whatCannotBeTunedIsRefused(String key, String named) {
        refused(TuningConfig.class, key, named);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "'table': 0; table",
                "'table': 254; table",
                "'tables': [100, 255]; tables",
                "'tables': [100, 100]; tables",
                "'table': 100, 'tables': [101]; tables",
                "'priority': 0; priority",
                "'priority': 32766; priority",
                "'gateways': ['10.0.0.1', '10.0.0.2']; gateways",
                "'gateways': ['fd00::1', 'fd00::2']; gateways"
            })
    void whatCannotBeRoutedIsRefused(String key, String named) {
        refused(SourceRoutingConfig.class, key, named);
    }

    private static void refused(Class<? extends Record> type, String keys, String... words) {
        assertThatThrownBy(() -> bind(type, keys))
                .hasMessageContainingAll(words)
                .hasMessageContaining("a plugin");
    }
}
