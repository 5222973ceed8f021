// SPDX-License-Identifier: Apache-2.0

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
        case .interpreterLinkLoop(let path): "\(path) is a chain of symbolic links without an end"
        case .obstacle(.notAFile, let path): "\(path) is not a regular file"
        case .obstacle(.notExecutable(let mode), let path):
            "\(path) is not executable (mode \(Wording.octal(mode))); chmod a+x \(path)"
        case .obstacle(.noexec, let path): "\(path) is on a file system mounted noexec"
        case .obstacle(.labelled(let label), let path):
            "SELinux may forbid it: \(path) has the label \(label); restorecon -v \(path)"
        case .obstacle(nil, let path): "\(path) cannot be executed"
        case .fixBinaryUnsupported(let kernel?):
            "this kernel (\(kernel)) has no fix-binary, which came with \(KernelVersion.fixBinary); \(Self.remedy)"
        case .fixBinaryUnsupported(nil):
            "a kernel before \(KernelVersion.fixBinary) has no fix-binary; \(Self.remedy)"
        case .registryReadOnly:
            "its file 'status' cannot be written: WSL mounts it read-only; wsl --shutdown switches it on again"
        }
    }

    private static let remedy = "without it (fix-binary = false) the emulator must be inside each container"
}
