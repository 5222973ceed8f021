// SPDX-License-Identifier: Apache-2.0
import SystemPackage

extension FailureReason {
    package var description: String {
        switch self {
        case .write(let failure): "\(failure)"
        case .reported(let reason): "\(reason)"
        }
    }
}

extension WriteFailure {
    package var description: String { "cannot \(write): \(error)" + (refusal.map { " (\($0))" } ?? "") }
}

extension KernelRefusal {
    package var description: String {
        switch self {
        case .nameTaken: "another program registered the name at the same moment"
        case .interpreterGone(let path): "\(path) no longer exists"
        case .interpreterBusy(let path): "\(path) is open for writing"
        case .interpreterLinkLoop(let path): "\(path) is a loop of symbolic links"
        case .obstacle(let obstacle?, let path): obstacle.description(at: path)
        case .obstacle(nil, let path): "\(path) cannot be executed"
        case .fixBinaryUnsupported(let kernel?):
            "this kernel (\(kernel)) has no fix-binary, which came with \(KernelVersion.fixBinary); \(Self.remedy)"
        case .fixBinaryUnsupported(nil):
            "a kernel before \(KernelVersion.fixBinary) has no fix-binary; \(Self.remedy)"
        case .featureUnsupported(let feature, let kernel): feature.absence(kernel)
        case .handlerMissing(let handler):
            "there is no BPF handler '\(handler)' in the user namespace of the registry: load it first"
        case .tooManyHeld(let limit):
            "the kernel holds as many interpreters as user.max_binfmt_misc_interpreters allows"
                + (limit.map { " (\($0))" } ?? "") + ", here or in a parent user namespace; raise it with sysctl(8)"
        case .registryReadOnly:
            "its file 'status' cannot be written: WSL mounts it read-only; wsl --shutdown switches it on again"
        }
    }

    private static let remedy = "without it (fix-binary = false) the interpreter must be inside each container"
}

extension KernelRefusal.Obstacle {
    /// - Parameter path: of the file.
    func description(at path: FilePath) -> String {
        switch self {
        case .directory: "\(path) is a directory"
        case .notAFile: "\(path) is not a regular file"
        case .notExecutable(let mode):
            "\(path) is not executable (mode \(Wording.octal(mode))); chmod a+x \(path)"
        case .noexec: "\(path) is on a file system mounted noexec"
        case .labelled(let label): "SELinux may forbid it: \(path) has the label \(label); restorecon -v \(path)"
        }
    }
}

extension KernelFeatures.Feature {
    /// The message about a kernel that lacks it.
    func absence(_ kernel: KernelVersion?) -> String {
        let it =
            switch self {
            case .transparent: "flag T (transparent)"
            case .loader: "flag L (loader)"
            case .handlers: "entries of type B, which ask a BPF handler"
            case .staging: "flag D"
            }
        guard let kernel else { return "a kernel before \(KernelVersion.transparent) has no \(it)" }
        // A recent kernel lacks only what it was built without.
        if kernel >= .transparent { return "this kernel was built without \(it) (CONFIG_BINFMT_MISC_BPF)" }
        return "this kernel (\(kernel)) has no \(it), which came with \(KernelVersion.transparent)"
    }
}
