package io.patchbay.meta.deviceplugin;

import com.google.protobuf.MessageLite;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.patchbay.meta.device.GrpcMethod;
import io.patchbay.meta.kubelet.DevicePluginV1Beta1.AllocateRequest;
import io.patchbay.meta.kubelet.DevicePluginV1Beta1.AllocateResponse;
import io.patchbay.meta.kubelet.DevicePluginV1Beta1.DevicePluginOptions;
import io.patchbay.meta.kubelet.DevicePluginV1Beta1.Empty;
import io.patchbay.meta.kubelet.DevicePluginV1Beta1.ListAndWatchResponse;
import io.patchbay.meta.kubelet.DevicePluginV1Beta1.PreStartContainerRequest;
import io.patchbay.meta.kubelet.DevicePluginV1Beta1.PreStartContainerResponse;
import io.patchbay.meta.kubelet.DevicePluginV1Beta1.PreferredAllocationRequest;
import io.patchbay.meta.kubelet.DevicePluginV1Beta1.PreferredAllocationResponse;
import io.patchbay.meta.kubelet.DevicePluginV1Beta1.RegisterRequest;

/// The calls of the kubelet's device plugin API, in both directions. Source: k8s.io/kubelet,
/// pkg/apis/deviceplugin/v1beta1.
final class DevicePluginApi {
    static final String VERSION = "v1beta1";
    static final String PLUGIN = VERSION + ".DevicePlugin";

    static final DevicePluginOptions OPTIONS =
            DevicePluginOptions.newBuilder().setGetPreferredAllocationAvailable(true).build();

    static final MethodDescriptor<RegisterRequest, Empty> REGISTER =
            GrpcMethod.of(
                    MethodType.UNARY,
                    VERSION + ".Registration/Register",
                    RegisterRequest.getDefaultInstance(),
                    Empty.getDefaultInstance());

    static final MethodDescriptor<Empty, DevicePluginOptions> GET_OPTIONS =
            unary(
                    "GetDevicePluginOptions",
                    Empty.getDefaultInstance(),
                    DevicePluginOptions.getDefaultInstance());

    static final MethodDescriptor<Empty, ListAndWatchResponse> LIST_AND_WATCH =
            GrpcMethod.of(
                    MethodType.SERVER_STREAMING,
                    PLUGIN + "/ListAndWatch",
                    Empty.getDefaultInstance(),
                    ListAndWatchResponse.getDefaultInstance());

    static final MethodDescriptor<AllocateRequest, AllocateResponse> ALLOCATE =
            unary(
                    "Allocate",
                    AllocateRequest.getDefaultInstance(),
                    AllocateResponse.getDefaultInstance());

    static final MethodDescriptor<PreferredAllocationRequest, PreferredAllocationResponse>
            GET_PREFERRED =
                    unary(
                            "GetPreferredAllocation",
                            PreferredAllocationRequest.getDefaultInstance(),
                            PreferredAllocationResponse.getDefaultInstance());

    static final MethodDescriptor<PreStartContainerRequest, PreStartContainerResponse> PRE_START =
            unary(
                    "PreStartContainer",
                    PreStartContainerRequest.getDefaultInstance(),
                    PreStartContainerResponse.getDefaultInstance());

    private DevicePluginApi() {}

    private static <Q extends MessageLite, A extends MessageLite> MethodDescriptor<Q, A> unary(
            String name, Q question, A answer) {
        return GrpcMethod.of(MethodType.UNARY, PLUGIN + "/" + name, question, answer);
    }
}
