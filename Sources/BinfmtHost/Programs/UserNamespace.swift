// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc
import SystemPackage

/// A user namespace for this process and what it starts (user_namespaces(7)): in it the process may do what root may,
/// to nothing but what belongs to the namespace.
package enum UserNamespace {
    /// Why there is none.
    package struct Unavailable: Error, CustomStringConvertible {
        let error: Errno

        package var description: String {
            let hint =
                switch error {
                case .permissionDenied, .notPermitted:
                    "; the system forbids it (sysctl kernel.unprivileged_userns_clone, "
                        + "kernel.apparmor_restrict_unprivileged_userns, or a container's seccomp filter)"
                case .noSpace: "; the limit of user.max_user_namespaces is reached"
                default: ""
                }
            return "cannot make a user namespace: \(error)\(hint)"
        }
    }

    /// Moves this process into a new one, in which it is root. The process must have but one thread.
    ///
    /// - Parameter withMounts: into a mount namespace of its own as well, from which nothing spreads.
    package static func enter(withMounts: Bool) throws(Unavailable) {
        let user = geteuid()
        let group = getegid()
        do throws(Errno) {
            let result =
                user == 0 ? binfmt_unshare_user_mapped(withMounts ? 1 : 0) : binfmt_unshare_user(withMounts ? 1 : 0)
            if result < 0 { throw .last }
            if user != 0 || result != 0 {
                // Root without capabilities may not map itself (Linux 5.12). It may call chroot(2) all the same.
                do { try map(user: 0, group: 0, outside: user, group) } catch { if withMounts { throw error } }
            }
            if withMounts, mount("none", "/", nil, UInt(MS_REC) | UInt(MS_PRIVATE), nil) != 0 { throw .last }
        } catch { throw Unavailable(error: error) }
    }

    /// Moves this process, root in a namespace of ``enter(withMounts:)``, into another below it, in which it is the
    /// given user again.
    package static func mapBack(toUser user: uid_t, group: gid_t) throws(Unavailable) {
        do throws(Errno) {
            if binfmt_unshare_user(0) != 0 { throw .last }
            try map(user: user, group: group, outside: 0, 0)
        } catch { throw Unavailable(error: error) }
    }

    /// Has this process's user and group be these inside, and all others nobody.
    private static func map(
        user: uid_t, group: gid_t, outside outerUser: uid_t, _ outerGroup: gid_t
    ) throws(Errno) {
        // Who may not change groups outside must not drop one inside, either.
        try write("deny", to: "/proc/self/setgroups")
        try write("\(user) \(outerUser) 1", to: "/proc/self/uid_map")
        try write("\(group) \(outerGroup) 1", to: "/proc/self/gid_map")
    }

    private static func write(_ text: String, to path: FilePath) throws(Errno) {
        let file = try OwnedDescriptor(path, .writeOnly)
        _ = try Errno.rethrowing { try file.descriptor.writeAll(text.utf8) }
    }
}
