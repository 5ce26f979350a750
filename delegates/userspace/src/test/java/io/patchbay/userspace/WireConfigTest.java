package io.patchbay.userspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.DeviceInfo;
import io.patchbay.spi.device.Directory.Access;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WireConfigTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    mode          |                | {}
                    mode          | both           | {"mode": "both"}
                    wire          | ../up          | {"mode": "client", "wire": "../up"}
                    wire          | net1~0123      | {"mode": "client", "wire": "net1~0123"}
                    volume        | Data           | {"mode": "client", "volume": "Data"}
                    volume        | ..             | {"mode": "client", "volume": ".."}
                    mountPath     | run            | {"mode": "client", "volume": "a", "mountPath": "run"}
                    mountPath     | /run/../etc    | {"mode": "client", "volume": "a", "mountPath": "/run/../etc"}
                    volume        | /run/a         | {"mode": "client", "mountPath": "/run/a"}
                    socketFile    | a/b            | {"mode": "client", "socketFile": "a/b"}
                    owner         | root           | {"mode": "client", "owner": "root"}
                    owner         | -1:0           | {"mode": "client", "owner": "-1:0"}
                    directoryMode | 789            | {"mode": "client", "directoryMode": "789"}
                    directoryMode | 77777          | {"mode": "client", "directoryMode": "77777"}
                    selinuxLabel  | container      | {"mode": "client", "selinuxLabel": "container"}
                    """)
    void whatCannotBeIsRefusedByKeyAndValue(String key, String value, String json) {
        assertThatThrownBy(() -> Keys.bind(VhostUserConfig.class, json))
                .isInstanceOf(CniException.class)
                .hasMessageContaining("\"" + key + "\"")
                .hasMessageContaining(value == null ? "" : value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    role  | server     | {"role": "server"}
                    mode  | raw        | {"role": "slave", "mode": "raw"}
                    id    | -1         | {"role": "slave", "id": -1}
                    id    | 4294967296 | {"role": "slave", "id": 4294967296}
                    owner | 1000       | {"role": "slave", "owner": "1000"}
                    """)
    void whatNoMemifCanBeIsRefusedByKeyAndValue(String key, String value, String json) {
        assertThatThrownBy(() -> Keys.bind(MemifConfig.class, json))
                .isInstanceOf(CniException.class)
                .hasMessageContaining("\"" + key + "\"")
                .hasMessageContaining(value);
    }

    @Test
    void whatIsNotSaidIsTheUsual() {
        VhostUserConfig config = Keys.bind(VhostUserConfig.class, "{\"mode\": \"client\"}");
        assertThat(config.wiring())
                .isEqualTo(
                        new Wiring(
                                Optional.empty(),
                                Optional.empty(),
                                Path.of("/var/run/patchbay"),
                                "vhost.sock",
                                new Access(0770, 0, 0, Optional.empty())));
        assertThat(config.device("/a")).isEqualTo(new DeviceInfo.VhostUser("client", "/a"));
        assertThat(Keys.bind(MemifConfig.class, "{\"role\": \"slave\"}").device("/a"))
                .isEqualTo(new DeviceInfo.Memif("slave", "/a", "ethernet", 0));
    }

    @Test
    void whatAMemifIsAskedToBeIsToldToThePod() {
        assertThat(
                        Keys.bind(
                                        MemifConfig.class,
                                        """
                                        {"role": "master", "mode": "ip", "id": 3}
                                        """)
                                .device("/a"))
                .isEqualTo(new DeviceInfo.Memif("master", "/a", "ip", 3));
    }

    @Test
    void accessIsReadAsItIsWritten() {
        VhostUserConfig config =
                Keys.bind(
                        VhostUserConfig.class,
                        """
                        {"mode": "server", "owner": "1000:2000", "directoryMode": "2750",
                         "selinuxLabel": "system_u:object_r:container_file_t:s0:c1,c2"}
                        """);
        assertThat(config.wiring().access())
                .isEqualTo(
                        new Access(
                                02750,
                                1000,
                                2000,
                                Optional.of("system_u:object_r:container_file_t:s0:c1,c2")));
    }
}
