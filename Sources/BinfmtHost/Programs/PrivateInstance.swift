// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import Glibc
import SystemPackage

/// A registry of this process's own, in a user namespace (Linux 6.7); the host's is not touched.
package struct PrivateInstance {
    package let registry: KernelRegistry
    /// What it was to hold.
    package let desired: DesiredState
    /// Entries that the kernel would not take, with its answer.
    package private(set) var refused: [(name: EntryName, error: Errno)] = []

    /// Why there is none.
    package struct Unavailable: Error, CustomStringConvertible {
        package let description: String
    }

    /// Moves this process, which must have but one thread, into a user and a mount namespace, where it is root, and
    /// fills the registry there.
    ///
    /// - Parameters:
    ///   - path: where it is mounted.
    ///   - configuration: what it is to hold. Whoever makes it alone is affected, so that his own interpreters are as
    ///     good as root's.
    package init(at path: FilePath, _ configuration: Configuration) throws(Unavailable) {
        do { desired = try DesiredState(onThisHost: configuration, trusting: geteuid()) } catch {
            throw Unavailable(description: "cannot read this program's own header: \(error)")
        }
        do { try UserNamespace.enter(withMounts: true) } catch { throw Unavailable(description: "\(error)") }
        registry = try Self.mount(at: path)
        let plan = Plan(desired, ObservedState(isEnabled: true, entries: []), Ownership())
        for wanted in plan.wanted {
            guard let string = wanted.desired.registerString else { continue }
            do { try registry.perform(.register(string)) } catch {
                refused.append((wanted.name, error))
            }
        }
    }

    private static func mount(at path: FilePath) throws(Unavailable) -> KernelRegistry {
        // KernelRegistry.mount takes EBUSY for a mount that is there; here a new one is wanted.
        if Glibc.mount("binfmt_misc", path.string, "binfmt_misc", 0, nil) != 0 {
            throw Unavailable(description: reason(.last, path))
        }
        do { return try KernelRegistry(at: path) } catch { throw Unavailable(description: "\(error)") }
    }

    private static func reason(_ error: Errno, _ path: FilePath) -> String {
        switch error {
        case .notPermitted:
            "this kernel (\(RunningKernel.release)) has one registry for all: one of a user namespace's own came with "
                + "Linux \(KernelVersion.instances)"
        case .noSuchFileOrDirectory: "\(path) is not there: this kernel has no binfmt_misc; modprobe binfmt_misc"
        case Errno(rawValue: ENODEV): "this kernel has no binfmt_misc; modprobe binfmt_misc"
        default: "cannot mount a registry at \(path): \(error)"
        }
    }
}
