package io.patchbay.vpc.ec2;

import io.patchbay.vpc.eni.CloudException;
import io.patchbay.vpc.eni.CloudException.Reason;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/// The SDK's default chain, with an instance metadata service at a place of our own. The SDK asks
/// that service, and the container's, without a proxy. Their absence is DENIED.
final class Credentials implements AwsCredentialsProvider, SdkAutoCloseable {
    private final AwsCredentialsProviderChain chain;

    Credentials(URI imds) {
        this.chain =
                AwsCredentialsProviderChain.of(
                        SystemPropertyCredentialsProvider.create(),
                        EnvironmentVariableCredentialsProvider.create(),
                        WebIdentityTokenFileCredentialsProvider.create(),
                        ProfileCredentialsProvider.create(),
                        ContainerCredentialsProvider.create(),
                        InstanceProfileCredentialsProvider.builder()
                                .endpoint(imds.toString())
                                .build());
    }

    @Override
    public AwsCredentials resolveCredentials() {
        try {
            return chain.resolveCredentials();
        } catch (SdkException e) {
            throw new CloudException(
                    Reason.DENIED,
                    "this node has no AWS credentials, and EC2 was not asked (%s): give its instance an IAM role, or the daemon's service account one"
                            .formatted(Refusals.words(e.getMessage())),
                    e);
        }
    }

    @Override
    public void close() {
        chain.close();
    }
}
