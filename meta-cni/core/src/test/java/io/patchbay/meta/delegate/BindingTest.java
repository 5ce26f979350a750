package io.patchbay.meta.delegate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.meta.cni.Json;
import io.patchbay.meta.ipam.HostLocalConfig;
import io.patchbay.meta.plan.PlannedAttachment;
import io.patchbay.meta.plan.PlannedStep;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.device.DeviceId;
import io.patchbay.spi.ipam.AddressSource;
import io.patchbay.spi.ipam.Wish;
import io.patchbay.spi.net.Cidr;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BindingTest extends DelegatesRig {
    @Test
    void a_step_is_bound_to_the_delegate_of_its_type() {
        try (Delegates delegates = delegates(recorder("alpha"), recorder("beta"))) {
            BoundStep<?> bound =
                    bind(delegates, Steps.attachment("{'type': 'beta', 'master': 'eth1'}"));

            assertThat(delegates.types()).containsExactly("alpha", "beta");
            assertThat(bound.delegate()).isSameAs(delegates.find("beta").orElseThrow());
            assertThat(bound.config().orElseThrow()).isEqualTo(new Config(Optional.of("eth1")));
            assertThat(bound.addresses()).isEmpty();
        }
    }

    @Test
    void a_network_has_resolver_settings_of_its_own_where_it_says_any() {
        try (Delegates delegates = delegates(recorder("alpha"))) {
            assertThat(dns(delegates, "{'type': 'alpha', 'dns': {'search': ['a.example']}}"))
                    .contains(
                            new CniResult.Dns(
                                    List.of(), Optional.empty(), List.of("a.example"), List.of()));
            assertThat(dns(delegates, "{'type': 'alpha', 'dns': {}}")).isEmpty();
            assertThat(dns(delegates, "{'type': 'alpha'}")).isEmpty();
            assertThatThrownBy(() -> dns(delegates, "{'type': 'alpha', 'dns': {'search': 'a'}}"))
                    .isInstanceOfSatisfying(
                            CniException.class,
                            refusal -> assertThat(refusal.code()).isEqualTo(Standard.UNDECODABLE))
                    .hasMessageContaining("search");
        }
    }

    private static Optional<CniResult.Dns> dns(Delegates delegates, String config) {
        return bind(delegates, Steps.attachment(config)).dns();
    }

    @Test
    void a_type_nobody_claims_is_a_binary_of_the_path_first_CNI_PATH_then_the_configured()
            throws IOException {
        Path configured = directory.resolve("configured");
        configured.toFile().mkdirs();
        Path bin = directory.resolve("bin");
        bin.toFile().mkdirs();
        Path first = Script.write(bin, "foreign", "echo '{}'");
        Script.write(configured, "foreign", "exit 1");
        Path second = Script.write(configured, "other", "echo '{}'");
        try (Delegates delegates = delegates()) {
            assertThat(
                            binary(
                                    delegates,
                                    Steps.attachment(
                                            "{'type': 'foreign', 'ipam': {'type': 'x'}}", bin)))
                    .isEqualTo(first);
            assertThat(binary(delegates, Steps.attachment("{'type': 'other'}", bin)))
                    .isEqualTo(second);
        }
    }

    @Test
    void a_step_tells_what_its_binary_complained_of_be_it_the_one_for_its_addresses()
            throws IOException {
        Path bin = Files.createDirectories(directory.resolve("bin"));
        Script.write(bin, "beta", "echo careful >&2; echo '{}'");
        try (Delegates delegates = delegates(recorder("alpha"))) {
            BoundStep<?> own = bind(delegates, Steps.attachment("{'type': 'beta'}", bin));
            add(own);
            BoundStep<?> leased =
                    bind(
                            delegates,
                            Steps.attachment("{'type': 'alpha', 'ipam': {'type': 'beta'}}", bin));
            leased.addresses().orElseThrow().acquire(Steps.ID, Wish.NONE);

            Complaint complaint = new Complaint(0, "beta", "careful");
            assertThat(own.complaints()).containsExactly(complaint);
            assertThat(leased.complaints()).containsExactly(complaint);
        }
    }

    private static Path binary(Delegates delegates, PlannedAttachment attachment) {
        BoundStep<?> bound = bind(delegates, attachment);
        add(bound);
        assertThat(bound.addresses()).as("a foreign plugin calls its own IPAM").isEmpty();
        return ((ForeignConfig) bound.config().orElseThrow()).binary();
    }

    @Test
    void del_calls_the_binary_that_add_called_whatever_the_path_or_a_delegate_has_by_then()
            throws IOException {
        Path bin = Files.createDirectories(directory.resolve("bin"));
        Path early = Files.createDirectories(directory.resolve("early"));
        Path called = Script.write(bin, "alpha", "echo '{}'");
        PlannedAttachment attachment = Steps.attachment("{'type': 'alpha'}", early, bin);
        PlannedStep settled;
        try (Delegates before = delegates()) {
            settled = before.settle(attachment, attachment.steps().getFirst());
        }
        Script.write(early, "alpha", "exit 1");
        try (Delegates after = delegates(recorder("alpha"))) {
            assertThat(binary(after.bindLeniently(attachment, settled, ""))).isEqualTo(called);
            assertThat(binary(after.bind(attachment, settled, ""))).isEqualTo(called);
        }
        Files.delete(called);
        try (Delegates after = delegates()) {
            assertThat(binary(after.bindLeniently(attachment, settled, "")))
                    .as("a plug-in directory that has moved")
                    .isEqualTo(early.resolve("alpha"));
        }
    }

    @Test
    void so_does_the_release_of_an_address() throws IOException {
        Path bin = Files.createDirectories(directory.resolve("bin"));
        Path called = Script.write(bin, "offering", "echo '{}'");
        PlannedAttachment attachment =
                Steps.attachment("{'type': 'alpha', 'ipam': {'type': 'offering'}}", bin);
        PlannedStep settled;
        try (Delegates before = delegates(recorder("alpha"))) {
            settled = before.settle(attachment, attachment.steps().getFirst());
        }
        try (Delegates after = delegates(recorder("alpha"), offering("offering"))) {
            assertThat(
                            after.bindLeniently(attachment, settled, "")
                                    .addresses()
                                    .orElseThrow()
                                    .config())
                    .isInstanceOfSatisfying(
                            ForeignConfig.class,
                            config -> assertThat(config.binary()).isEqualTo(called));
            assertThat(after.settle(attachment, attachment.steps().getFirst()).binaries())
                    .as("what a delegate has is nobody's binary")
                    .isEmpty();
        }
    }

    private static Path binary(BoundStep<?> bound) {
        return ((ForeignConfig) bound.config().orElseThrow()).binary();
    }

    @Test
    void a_binary_finds_its_device_at_the_top_of_its_configuration_as_multus_puts_it_there()
            throws IOException {
        Path bin = directory.resolve("bin");
        bin.toFile().mkdirs();
        Script.write(bin, "sriov", "echo '{}'");
        PlannedAttachment plain = Steps.attachment("{'type': 'sriov', 'deviceID': 'old'}", bin);
        PlannedStep step = plain.steps().getFirst();
        PlannedStep withDevice =
                new PlannedStep(
                        0,
                        step.config(),
                        step.capabilities(),
                        step.args(),
                        step.path(),
                        Optional.of(new DeviceId("0000:01:10.0")));
        try (Delegates delegates = delegates()) {
            assertThat(json(delegates.bind(plain, withDevice, "")))
                    .isEqualTo(
                            "{\"type\":\"sriov\",\"deviceID\":\"0000:01:10.0\",\"pciBusID\":\"0000:01:10.0\"}");
            assertThat(json(delegates.bindLeniently(plain, step, "")))
                    .isEqualTo("{\"type\":\"sriov\",\"deviceID\":\"old\"}");
        }
    }

    private static String json(BoundStep<?> bound) {
        return ((ForeignConfig) bound.config().orElseThrow()).json().toString();
    }

    @Test
    void a_type_that_is_nowhere_is_refused_with_the_places() {
        try (Delegates delegates = delegates()) {
            for (String json : List.of("{'type': 'nope'}", "{'type': 'nope', 'ipam': {}}")) {
                assertRefused(
                        () -> bind(delegates, Steps.attachment(json, Path.of("/opt/cni/bin"))),
                        7,
                        "no executable of that name is in /opt/cni/bin:" + directory);
            }
        }
    }

    @Test
    void patchbay_is_not_called_by_itself() {
        try (Delegates delegates = delegates()) {
            assertRefused(
                    () -> bind(delegates, Steps.attachment("{'type': 'patchbay'}")),
                    7,
                    "Patchbay itself");
        }
    }

    @Test
    void an_ipam_section_is_bound_to_its_source() throws IOException {
        Script.write(directory, "foreign-ipam", "echo '{}'");
        try (Delegates delegates = delegates(recorder("alpha"), offering("offering"))) {
            assertThat(source(delegates, "'type': 'host-local', 'subnet': '10.0.0.0/24'").config())
                    .isInstanceOf(HostLocalConfig.class);
            assertThat(source(delegates, "'type': 'offering'").config())
                    .isInstanceOf(HostLocalConfig.class);
            assertThat(source(delegates, "'type': 'foreign-ipam', 'x': 1").config())
                    .isInstanceOfSatisfying(
                            ForeignConfig.class,
                            config -> assertThat(config.netns()).isEqualTo("/run/netns/pod"));
            assertRefused(
                    () -> source(delegates, "'type': 'alpha'"), 7, "\"alpha\" offers no addresses");
            assertRefused(
                    () -> source(delegates, "'type': 'host-local', 'subnett': 'x'"),
                    2,
                    "did you mean \"subnet\"?");
            assertRefused(() -> source(delegates, "'type': 'nope'"), 7, "\"nope\"");
        }
    }

    @Test
    @DisplayName("rows 41, 54, 91: a foreign IPAM binary is told the result on CHECK and DEL")
    void a_foreign_ipam_binary_is_told_the_result_on_check_and_del() throws IOException {
        Path seen = directory.resolve("seen");
        Script.write(directory, "foreign-ipam", "cat >> %s; echo >> %1$s".formatted(seen));
        CniResult result =
                new CniResult(
                        List.of(),
                        List.of(),
                        List.of(CniResult.Route.of(Cidr.any(true), Optional.empty())),
                        CniResult.Dns.EMPTY);
        try (Delegates delegates = delegates(recorder("alpha"))) {
            BoundSource<?> source = source(delegates, "'type': 'foreign-ipam'");
            source.check(Steps.ID, result);
            source.release(Steps.ID, Optional.of(result));
            source.release(Steps.ID, Optional.empty());
        }

        assertThat(Files.readAllLines(seen))
                .extracting(line -> Json.decode("x", line).at("/prevResult/routes/0/dst").asText())
                .containsExactly("::/0", "::/0", "");
    }

    private BoundSource<?> source(Delegates delegates, String ipam) {
        String json = "{'type': 'alpha', 'ipam': {" + ipam + "}}";
        return bind(delegates, Steps.attachment(json, directory)).addresses().orElseThrow();
    }

    @Test
    void what_can_no_longer_be_bound_is_undone_as_far_as_it_goes() {
        try (Delegates delegates = delegates(recorder("alpha"))) {
            BoundStep<?> bound =
                    bindLeniently(
                            delegates,
                            Steps.attachment(
                                    "{'type': 'alpha', 'gone': 1, 'ipam': {'type': 'nope'}}"));

            assertThat(bound.config()).isEmpty();
            assertRefused(
                    () -> bound.addresses().orElseThrow().release(Steps.ID, Optional.empty()),
                    7,
                    "\"nope\"");
            assertRefused(
                    () -> bindLeniently(delegates, Steps.attachment("{'type': 'nope'}")),
                    7,
                    "\"nope\"");
        }
    }

    @Test
    void every_source_passes_the_port() {
        List<AddressSource<?>> passed = new ArrayList<>();
        AddressPort counting =
                new AddressPort() {
                    @Override
                    public <S extends Record> AddressSource<S> decorate(AddressSource<S> source) {
                        passed.add(source);
                        return source;
                    }
                };
        delegates(Map.of(), counting, offering("offering")).close();

        assertThat(passed).hasSize(4);
    }
}
