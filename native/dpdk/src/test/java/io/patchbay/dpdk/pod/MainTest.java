package io.patchbay.dpdk.pod;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    @TempDir Path root;
    private PaperContainer container;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream complaints = new ByteArrayOutputStream();

    @BeforeEach
    void pod() {
        container =
                PaperContainer.small(root)
                        .vfio("0000:01:10.0", "0", 12)
                        .status(
                                """
                                [{"name": "cluster", "interface": "eth0", "ips": ["10.0.0.5"], "mtu": 1500,
                                  "default": true},
                                 {"name": "core/a", "device-info": {"type": "pci",
                                   "pci": {"pci-address": "0000:01:10.0"}}},
                                 {"name": "core/b", "device-info": {"type": "vhost-user",
                                   "vhost-user": {"mode": "client", "path": "/it's b"}}}]
                                """);
    }

    private int run(String... arguments) {
        return Main.run(
                List.of(arguments),
                container.places(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(complaints, true, StandardCharsets.UTF_8));
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void oneLineForAShell() {
        assertThat(run()).isZero();

        assertThat(said())
                .isEqualTo(
                        "-l 2-3 --main-lcore=2 --no-huge -m 256 -a 0000:01:10.0 --vdev 'net_virtio_user0,path=/it'\\''s b' --file-prefix=patchbay\n");
        assertThat(complaints.toString(StandardCharsets.UTF_8)).contains("no hugepages");
    }

    @Test
    void oneNetworkAndOnePort() {
        assertThat(run("--network", "core/b", "--serve", "core/b")).isZero();
        assertThat(said()).contains("--no-pci --vdev 'net_vhost0,iface=").doesNotContain("-a ");

        out.reset();
        assertThat(run("--port", "core/a")).isZero();
        assertThat(said()).isEqualTo("0000:01:10.0\n");
    }

    @Test
    void allThatIsKnownAsJson() {
        assertThat(run("--format", "json")).isZero();

        assertThat(said())
                .isEqualTo(
                        """
                        {"networks":[{"name":"cluster","interface":"eth0","ips":["10.0.0.5"],"mtu":1500,"default":true,\
                        "device":{"type":"link"},"port":"net_af_packet0"},\
                        {"name":"core/a","ips":[],"default":false,"device":{"type":"pci","address":"0000:01:10.0",\
                        "driver":"vfio-pci","numaNode":0,"vfioNode":"/dev/vfio/12","rdma":[]},"port":"0000:01:10.0"},\
                        {"name":"core/b","ips":[],"default":false,"device":{"type":"vhost-user","path":"/it's b",\
                        "containerCreates":false},"port":"net_virtio_user0"}],"cpus":"2-3",\
                        "ealArguments":["-l","2-3","--main-lcore=2","--no-huge","-m","256","-a","0000:01:10.0",\
                        "--vdev","net_virtio_user0,path=/it's b","--file-prefix=patchbay"],\
                        "remarks":["no hugepages are mounted, free and allowed: DPDK does without"]}
                        """);
    }

    @Test
    void anotherFileIsReadWhereItIsNamed() {
        container.write("/other", "[{\"name\": \"x\", \"interface\": \"net7\"}]");

        assertThat(run("--annotations", container.at("/other").toString(), "--network", "x"))
                .isZero();
        assertThat(said()).contains("net_af_packet0,iface=net7");
    }

    @Test
    void whatCannotBeIsSaidInASentence() {
        assertThat(run("--network", "core/c")).isEqualTo(1);
        assertThat(complaints.toString(StandardCharsets.UTF_8))
                .startsWith("the pod has no network core/c:")
                .hasLineCount(1);
        assertThat(said()).isEmpty();
    }

    @Test
    void aWrongCommandLineIsToldWithTheRightOnes() {
        assertThat(run("--net", "x")).isEqualTo(2);
        assertThat(run("--network")).isEqualTo(2);
        assertThat(run("--format", "xml")).isEqualTo(2);
        assertThat(complaints.toString(StandardCharsets.UTF_8))
                .contains(
                        "unknown argument --net\n",
                        "--network needs a value\n",
                        "not xml\n",
                        "usage:");
        assertThat(run("--help")).isZero();
        assertThat(said()).contains("usage:");
    }
}
