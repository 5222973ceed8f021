// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import Glibc
import SystemPackage

/// Follows paths as the kernel does (path_resolution(7)), and judges on the way whether a user other than root could
/// change where they lead. It looks at each file once: one look at the host has one resolver, so that whatever it
/// decides is about the same moment.
///
/// It works on bytes, because taking a `FilePath` apart is ten times as slow.
package final class PathResolver {
    /// Nil if a path may lead anywhere.
    private let safety: PathSafety?
    private let root: ResolvedPath
    private var known: [Step: ResolvedPath] = [:]
    /// The last directory: files stand side by side.
    private var recent: (path: ArraySlice<UInt8>, way: ResolvedPath)

    /// Every step that was looked at.
    private var steps = PathEvidence()

    private static let slash = UInt8(ascii: "/")

    /// As many links as the kernel follows in one path (`MAXSYMLINKS`).
    private static let maximumHops = 40

    /// The limit of directories and links on the way. No ordinary path comes near it; it keeps a user who makes hostile
    /// links from deciding how deep the resolver recurses.
    private static let maximumSteps = 2048

    /// A name behind a way.
    private struct Step: Hashable {
        let way: ObjectIdentifier
        let name: ArraySlice<UInt8>

        func hash(into hasher: inout Hasher) {
            hasher.combine(way)
            name.withUnsafeBytes { hasher.combine(bytes: $0) }
        }
    }

    /// - Parameter trusted: a user besides root who may change files, such as the only user whom they affect.
    package convenience init(trusting trusted: uid_t = 0) { self.init(PathSafety(trusting: trusted)) }

    /// - Parameter safety: nil if a path may lead anywhere.
    init(_ safety: PathSafety?) {
        self.safety = safety
        let place = [Self.slash, 0]
        let own = Result { () throws(Errno) in try Stat("/") }
        root = ResolvedPath(place, own, in: nil, hazard: (try? safety?.hazard(of: own, at: place, in: nil)) ?? nil)
        recent = ([], root)
        steps.add(place, own)
        if root.hazard != nil { steps.doubt() }
    }

    /// What the answers rest on. Behind a hazard they cannot be told from later ones.
    var evidence: PathEvidence {
        var evidence = steps
        if safety?.hasAskedForMounts == true { evidence.doubt() }
        return evidence
    }

    /// - Parameter path: an absolute one.
    func resolve(_ path: FilePath) -> ResolvedPath { resolve(path.bytes, hops: 0) }

    /// Why a user other than root could change what a path leads to.
    ///
    /// - Returns: nil if only root could.
    /// - Throws: an errno for which that cannot be told now.
    package func hazard(of path: FilePath) throws(Errno) -> Hazard? {
        let found = resolve(path)
        if case .failure(let error) = found.stat, found.hazard == nil, error.isTransient { throw error }
        return found.hazard
    }

    /// - Parameter hops: how many links led to the path.
    private func resolve(_ path: [UInt8], hops: Int) -> ResolvedPath {
        let name = path.lastIndex(of: Self.slash).map { $0 + 1 } ?? 0
        let directory = path[..<name]
        if hops > 0 { return step(path[name...], from: follow(directory, hops: hops), hops: hops) }
        if recent.path != directory { recent = (directory, follow(directory, hops: hops)) }
        return step(path[name...], from: recent.way, hops: hops)
    }

    /// A component at a time, since a link may have thousands; up to the first that leads no further.
    private func follow(_ path: ArraySlice<UInt8>, hops: Int) -> ResolvedPath {
        var found = root
        var start = path.startIndex
        while start < path.endIndex, found.hazard == nil, case .success = found.end.own {
            let end = path[start...].firstIndex(of: Self.slash) ?? path.endIndex
            found = step(path[start..<end], from: found, hops: hops)
            start = end + 1
        }
        return found
    }

    private func step(_ name: ArraySlice<UInt8>, from way: ResolvedPath, hops: Int) -> ResolvedPath {
        if name.isEmpty || name.elementsEqual(".".utf8) { return way }
        let step = Step(way: ObjectIdentifier(way), name: name)
        if let known = known[step] { return known }
        let found = find(name, from: way, hops: hops)
        // Of a path with too many links, a part may have few enough.
        if case .failure(.tooManySymbolicLinkLevels) = found.stat { return found }
        known[step] = found
        return found
    }

    private func find(_ name: ArraySlice<UInt8>, from way: ResolvedPath, hops: Int) -> ResolvedPath {
        let directory = way.end
        let place = directory.place(of: name)
        func fail(_ error: Errno) -> ResolvedPath { ResolvedPath(place, .failure(error), in: way, hazard: way.hazard) }
        if way.hazard != nil { return fail(.permissionDenied) }
        switch directory.own {
        case .success(let stat) where stat.type != .directory: return fail(.notDirectory)
        case .success: break
        case .failure(let error): return fail(error)
        }
        if way.steps >= Self.maximumSteps { return fail(.tooManySymbolicLinkLevels) }
        if name.elementsEqual("..".utf8) {
            // Every step of the way still counts: it decides which directory is above.
            let above = directory.parent?.end ?? root
            return ResolvedPath(place, above.own, in: way, target: above)
        }
        let own = Self.look(at: place)
        steps.add(place, own)
        let hazard: Hazard?
        do { hazard = try safety?.hazard(of: own, at: place, in: directory) } catch {
            steps.doubt()
            return fail(error)
        }
        if hazard != nil { steps.doubt() }
        guard hazard == nil, case .success(let found) = own, found.type == .symbolicLink else {
            return ResolvedPath(place, own, in: way, hazard: hazard)
        }
        let target = follow(place, from: directory, way, hops: hops + 1)
        let path = ResolvedPath(place, own, in: way, target: target, hazard: target.hazard)
        let isLong = path.steps > Self.maximumSteps
        if !isLong, path.links <= Self.maximumHops || path.stat.isFailure { return path }
        // A change of any link on the way could end it sooner.
        let end = ResolvedPath(place, .failure(.tooManySymbolicLinkLevels), in: isLong ? way : path)
        return ResolvedPath(place, own, in: way, target: end)
    }

    private func follow(
        _ link: [UInt8], from directory: ResolvedPath, _ way: ResolvedPath, hops: Int
    ) -> ResolvedPath {
        func fail(_ error: Errno) -> ResolvedPath { ResolvedPath(link, .failure(error), in: way) }
        if hops > Self.maximumHops { return fail(.tooManySymbolicLinkLevels) }
        do {
            let target = try Self.readLink(link)
            if target.first == Self.slash { return resolve(target, hops: hops) }
            var place = directory.place(of: target[...])
            place.removeLast()
            return resolve(place, hops: hops)
        } catch {
            steps.doubt()
            return fail(error)
        }
    }

    // MARK: - System calls

    static func look(at place: [UInt8]) -> Result<Stat, Errno> {
        place.withCString { path in Result { () throws(Errno) in try Stat(path, followTargetSymlink: false) } }
    }

    private static func readLink(_ place: [UInt8]) throws(Errno) -> [UInt8] {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = place.withCString { readlink($0, &buffer, buffer.count) }
        if count < 0 { throw .last }
        return buffer.prefix(count).map { UInt8(bitPattern: $0) }
    }
}

extension Result {
    fileprivate var isFailure: Bool { if case .failure = self { true } else { false } }
}

extension [UInt8] {
    /// Calls a function of C with these bytes, which end with a NUL.
    func withCString<Value>(_ body: (UnsafePointer<CChar>) -> Value) -> Value {
        withUnsafeBufferPointer { bytes in
            guard let address = bytes.baseAddress, bytes.last == 0 else { preconditionFailure("it does not end") }
            return address.withMemoryRebound(to: CChar.self, capacity: bytes.count) { body($0) }
        }
    }
}
