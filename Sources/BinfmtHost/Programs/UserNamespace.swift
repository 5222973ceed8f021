// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc
import SystemPackage

/// A user namespace for this process and its children (user_namespaces(7)). In it the process has root's rights, but
/// only over what belongs to the namespace.
package enum UserNamespace {
    /// The reason why there is no user namespace.
    package struct Unavailable: Error, CustomStringConvertible {
        let error: Errno

        package var description: String {
            let hint =
                switch error {
                case .permissionDenied, .notPermitted:
                    "; the system forbids it (sysctl kernel.unprivileged_userns_clone, "
                        + "kernel.apparmor_restrict_unprivileged_userns, or a container's seccomp filter)"
                case .noSpace: "; the limit user.max_user_namespaces is reached"
                default: ""
                }
            return "cannot create a user namespace: \(error)\(hint)"
        }
    }

    /// Moves this process into a new user namespace, in which it is root. The process must be single-threaded.
    ///
    /// - Parameter withMounts: also into a new mount namespace, whose mounts do not propagate.
    package static func enter(withMounts: Bool) throws(Unavailable) {
        let user = geteuid()
        let group = getegid()
        do throws(Errno) {
            let result =
                user == 0 ? binfmt_unshare_user_mapped(withMounts ? 1 : 0) : binfmt_unshare_user(withMounts ? 1 : 0)
            if result < 0 { throw .last }
            if user != 0 || result != 0 {
                // Root without capabilities may not map itself (since Linux 5.12), but may still call chroot(2).
                do { try map(user: 0, group: 0, outside: user, group) } catch { if withMounts { throw error } }
            }
            if withMounts, mount("none", "/", nil, UInt(MS_REC) | UInt(MS_PRIVATE), nil) != 0 { throw .last }
        } catch { throw Unavailable(error: error) }
    }

    /// Moves this process, which is root in a namespace of ``enter(withMounts:)``, into a nested one in which it is the
    /// given user again.
    package static func mapBack(toUser user: uid_t, group: gid_t) throws(Unavailable) {
        do throws(Errno) {
            if binfmt_unshare_user(0) != 0 { throw .last }
            try map(user: user, group: group, outside: 0, 0)
        } catch { throw Unavailable(error: error) }
    }

    /// Maps this process's user and group to the given ones inside; all others are unmapped.
    private static func map(
        user: uid_t, group: gid_t, outside outerUser: uid_t, _ outerGroup: gid_t
    ) throws(Errno) {
        // The kernel requires this: a process that may not change groups outside must not drop one inside.
        try write("deny", to: "/proc/self/setgroups")
        try write("\(user) \(outerUser) 1", to: "/proc/self/uid_map")
        try write("\(group) \(outerGroup) 1", to: "/proc/self/gid_map")
    }

    private static func write(_ text: String, to path: FilePath) throws(Errno) {
        let file = try OwnedDescriptor(path, .writeOnly)
        _ = try Errno.rethrowing { try file.descriptor.writeAll(text.utf8) }
    }
}
