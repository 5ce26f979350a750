package io.patchbay.meta.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.meta.vpccni.VpcCniRows;
import io.patchbay.meta.vpccni.VpcCniRows.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `patchbay import vpc-cni`, as it is called.
class ImportVpcCniTest {
    /// Where EC2 is not asked, much of the rest cannot be.
    private static final Set<String> ASKING_NOBODY =
            Set.of("ENABLE_IMDS_ONLY_MODE", "DISABLE_NETWORK_RESOURCE_PROVISIONING");

    @TempDir Path directory;

    private String write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }

    private void assertValid(String yaml) throws IOException {
        String file = write("patchbay.yaml", yaml);
        assertThat(SettingsFile.decode("the translation", yaml).delegates())
                .containsOnlyKeys("vpc");
        assertThat(CommandRun.of("validate", file).out()).as(yaml).isEqualTo("the file is fine\n");
    }

    @Test
    void what_comes_of_each_variable_is_accepted_by_validate() throws IOException {
        for (Row row : VpcCniRows.ALL) {
            CommandRun run = CommandRun.of("import", "vpc-cni", write("env", row.line() + "\n"));
            assertThat(run.err()).isEmpty();
            assertThat(run.status()).isZero();
            assertThat(run.on(row.name())).startsWith("# " + row.name() + ": ");
            assertValid(run.yaml());
        }
    }

    private CommandRun imported(Predicate<Row> which) throws IOException {
        String lines =
                VpcCniRows.ALL.stream()
                        .filter(which)
                        .map(Row::line)
                        .collect(Collectors.joining("\n"));
        return CommandRun.of("import", "vpc-cni", write("env", lines));
    }

    @Test
    void what_comes_of_all_that_go_together_is_accepted_by_validate() throws IOException {
        CommandRun run = imported(row -> !ASKING_NOBODY.contains(row.name()));

        assertThat(run.status()).isZero();
        assertValid(run.yaml());
        assertThat(run.yaml()).contains("egress", "interfaces", "pool", "cooldownSeconds");
    }

    @Test
    void what_does_not_go_together_is_named_by_validate() throws IOException {
        CommandRun run = imported(_ -> true);

        assertThat(run.status()).isZero();
        assertThat(CommandRun.of("validate", write("patchbay.yaml", run.yaml())).out())
                .contains(
                        "\"customNetworking.enabled\" (AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG) is true while \"pool.provision\"");
    }

    @Test
    void validate_looks_at_the_section_by_the_delegates_own_record() throws IOException {
        String file = write("bad.yaml", "delegates: {vpc: {pool: {warmAddresses: -1}, mut: 1}}\n");

        assertThat(CommandRun.of("validate", file).out()).contains("vpc").contains("mut");
    }

    @Test
    void a_bad_value_is_named_with_status_2_and_nothing_is_written() throws IOException {
        Path target = directory.resolve("out.yaml");
        CommandRun run =
                CommandRun.of(
                        "import",
                        "vpc-cni",
                        write("env", "WARM_IP_TARGET=many\n"),
                        "--output",
                        target.toString());

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).startsWith("patchbay: ").contains("WARM_IP_TARGET is \"many\"");
        assertThat(run.out()).isEmpty();
        assertThat(target).doesNotExist();
    }

    @Test
    void a_file_gets_the_settings_and_is_not_written_over_unasked() throws IOException {
        String env = write("env", "MAX_ENI=4\n");
        String target = write("out.yaml", "threads: 3\n");

        CommandRun kept = CommandRun.of("import", "vpc-cni", env, "--output", target);
        assertThat(kept.status()).isEqualTo(2);
        assertThat(kept.err()).contains(target, "--force");
        assertThat(Path.of(target)).hasContent("threads: 3");

        CommandRun forced = CommandRun.of("import", "vpc-cni", env, "--output", target, "--force");
        assertThat(forced.status()).isZero();
        assertThat(forced.out()).contains("MAX_ENI: becomes", target + " is written");
        assertThat(Path.of(target))
                .content()
                .contains("by patchbay import vpc-cni", "maxInterfaces: 4");
    }

    @Test
    void one_place_is_named_and_it_is_there() throws IOException {
        assertThat(CommandRun.of("import", "vpc-cni").status()).isEqualTo(2);
        assertThat(CommandRun.of("import", "vpc-cni", "a", "--kubeconfig", "b").status())
                .isEqualTo(2);
        CommandRun absent = CommandRun.of("import", "vpc-cni", directory + "/absent");
        assertThat(absent.status()).isEqualTo(2);
        assertThat(absent.err()).contains("there is no " + directory + "/absent");
    }

    @Test
    void the_help_says_what_it_does() {
        assertThat(CommandRun.of("import", "--help").out()).contains("vpc-cni", "multus");
        assertThat(CommandRun.of("import", "vpc-cni", "--help").out())
                .contains("aws-node", "KEY=VALUE", "--kubeconfig", "--output", "--force", "2   It");
    }
}
