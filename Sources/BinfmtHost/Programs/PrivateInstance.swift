// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import Glibc
import SystemPackage

/// A private registry in a user namespace (Linux 6.7); the host's registry is not touched.
package struct PrivateInstance {
    /// The state that it should hold.
    package let desired: DesiredState
    /// The state that it holds.
    package let observed: ObservedState
    /// What the kernel refused of each entry that it refused.
    package let refused: [(name: EntryName, failure: WriteFailure)]

    /// The reason why there is no private registry.
    package struct Unavailable: Error, CustomStringConvertible {
        package let description: String
    }

    /// Moves this process, which must be single-threaded, into a user and a mount namespace, in which it is root, and
    /// fills the registry there.
    ///
    /// - Parameters:
    ///   - path: where to mount it.
    ///   - configuration: the entries to register. They affect only the calling user, whose own interpreters are
    ///     therefore trusted like root's.
    package init(at path: FilePath, _ configuration: Configuration) throws(Unavailable) {
        do { desired = try DesiredState(onThisHost: configuration, trusting: geteuid()) } catch {
            throw Unavailable(description: "cannot tell the format of this program: \(error)")
        }
        do { try UserNamespace.enter(withMounts: true) } catch { throw Unavailable(description: "\(error)") }
        let registry = try Self.mount(at: path)
        let pass: SinglePass
        do { pass = try SinglePass(registering: desired, in: registry) } catch {
            throw Unavailable(description: "\(error)")
        }
        observed = pass.after
        refused = pass.outcomes.compactMap { outcome in outcome.failure.map { (outcome.change.name, $0) } }
    }

    private static func mount(at path: FilePath) throws(Unavailable) -> KernelRegistry {
        // KernelRegistry.mount accepts EBUSY, an existing mount; this has to be a new one.
        if Glibc.mount("binfmt_misc", path.string, "binfmt_misc", 0, nil) != 0 {
            throw Unavailable(description: reason(.last, path))
        }
        do { return try KernelRegistry(at: path) } catch { throw Unavailable(description: "\(error)") }
    }

    private static func reason(_ error: Errno, _ path: FilePath) -> String {
        switch error {
        case .notPermitted:
            "this kernel (\(RunningKernel.release)) has one registry for all user namespaces; a private one needs Linux "
                + "\(KernelVersion.instances) or later"
        case .noSuchFileOrDirectory:
            "\(path) does not exist: this kernel has no binfmt_misc; run 'modprobe binfmt_misc'"
        case Errno(rawValue: ENODEV): "this kernel has no binfmt_misc; run 'modprobe binfmt_misc'"
        default: "cannot mount a registry at \(path): \(error)"
        }
    }
}
