package io.patchbay.cloud.run;

import io.patchbay.cloud.controller.ControlPlane;
import io.patchbay.cloud.controller.ControllerSettings;
import io.patchbay.cloud.controller.Ec2;
import io.patchbay.cloud.controller.ResourceController;
import io.patchbay.cloud.controller.aws.SdkEc2;
import io.patchbay.cloud.controller.kube.ApiAddress;
import io.patchbay.cloud.controller.kube.ApiServerControlPlane;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `patchbay cloud controller`.
@Command(
        name = "controller",
        description = {
            "Runs a stand-in for Amazon's VPC resource controller, which gives pods branch interfaces by"
                    + " their security group policies.",
            "EC2 is where the environment says (AWS_ENDPOINT_URL_EC2, AWS_REGION and a key). It may be"
                    + " killed at any time."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ControllerCommand implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = "--server",
            paramLabel = "URL",
            required = true,
            description = "Of the API server.")
    private URI server = URI.create("");

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            required = true,
            description = "The API server's certificates.")
    private Path authority = Path.of("");

    @Option(
            names = "--token",
            paramLabel = "FILE",
            required = true,
            description = "The token to bear.")
    private Path token = Path.of("");

    @Option(
            names = "--cooldown",
            paramLabel = "DURATION",
            defaultValue = "PT60S",
            description = "For which a pod's branch outlasts it. Default: ${DEFAULT-VALUE}.")
    private Duration cooldown = Duration.ZERO;

    @Option(
            names = "--warm",
            paramLabel = "N",
            defaultValue = "0",
            description = "Branches of each node that wait for pods. Default: ${DEFAULT-VALUE}.")
    private int warm;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        ControllerSettings settings = ControllerSettings.OF_EKS.cooldown(cooldown).warm(warm);
        ApiAddress address = new ApiAddress(server, authority, Files.readString(token).strip());
        CountDownLatch end = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(end::countDown));
        try (Ec2 ec2 = SdkEc2.ofEnvironment();
                ControlPlane plane = ApiServerControlPlane.open(address);
                ResourceController _ =
                        ResourceController.start(ec2, plane, InstantSource.system(), settings)) {
            out.println("# the controller works");
            out.flush();
            end.await();
        }
        return 0;
    }
}
