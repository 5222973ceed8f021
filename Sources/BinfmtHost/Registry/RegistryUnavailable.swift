// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// Why there is no registry to look at, with what can be done about it.
package enum RegistryUnavailable: Error, Hashable, CustomStringConvertible {
    /// Nothing is mounted there.
    case notMounted(FilePath)
    /// The path does not exist, so the kernel has no binfmt_misc.
    case noModule(FilePath)
    /// Another binfmtd keeps it.
    case keptByAnother(FilePath)
    /// A call failed.
    case failed(FilePath, Errno)

    package var description: String {
        switch self {
        case .notMounted(let path):
            "\(path): binfmt_misc is not mounted there; systemctl start proc-sys-fs-binfmt_misc.mount, or --mount"
        case .noModule(let path):
            "\(path) is not there: this kernel has no binfmt_misc; modprobe binfmt_misc (in a container: on the host)"
        case .keptByAnother(let path): "Standing by: another binfmtd keeps \(path)"
        case .failed(let path, .tooManySymbolicLinkLevels):
            "\(path) is an automount that nobody answers (ELOOP); run 'ls \(path)' on the host"
        case .failed(let path, .readOnlyFileSystem):
            "\(path) is mounted read-only: mount -o remount,rw \(path); a container that shares the host's registry leaves "
                + "it to a binfmtd on the host"
        case .failed(let path, .permissionDenied): "\(path): only root may change it"
        case .failed(let path, let error): "\(path): \(error)"
        }
    }
}
