// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")

let package = Package(
    name: "binfmtd",
    products: [
        .library(name: "LocatedTOML", targets: ["LocatedTOML"]),
        .library(name: "LocatedTOMLDecoding", targets: ["LocatedTOMLDecoding"]),
        .executable(name: "binfmtd", targets: ["binfmtd"]),
        .executable(name: "binfmtctl", targets: ["binfmtctl"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    ],
    targets: [
        .target(name: "LocatedTOML"),
        .target(name: "LocatedTOMLDecoding", dependencies: ["LocatedTOML"]),
        .target(name: "BinfmtCore", dependencies: ["LocatedTOML", systemPackage]),
        .target(name: "BinfmtHost", dependencies: ["BinfmtCore", "CLinux", systemPackage]),
        .systemLibrary(name: "CSystemd", pkgConfig: "libsystemd", providers: [.apt(["libsystemd-dev"])]),
        .target(name: "CLinux"),
        .target(name: "CStatic"),
        .executableTarget(
            name: "binfmtd",
            dependencies: ["BinfmtCore", "BinfmtHost", "CLinux", "CStatic", "CSystemd", systemPackage]),
        .target(name: "TestSupport", dependencies: ["BinfmtCore", "BinfmtHost", systemPackage], path: "Tests/Support"),
        .testTarget(name: "TOMLTests", dependencies: ["LocatedTOML", "TestSupport"]),
        .testTarget(name: "TOMLDecodingTests", dependencies: ["LocatedTOML", "LocatedTOMLDecoding", "TestSupport"]),
        .testTarget(
            name: "BinfmtCoreTests", dependencies: ["BinfmtCore", "BinfmtHost", "TestSupport", systemPackage]),
        .testTarget(
            name: "BinfmtHostTests", dependencies: ["BinfmtCore", "BinfmtHost", "CLinux", "TestSupport", systemPackage]),
        .testTarget(
            name: "BinfmtctlTests",
            dependencies: [
                "BinfmtCore", "BinfmtHost", "TestSupport", "binfmtctl", systemPackage,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .testTarget(name: "BinfmtdTests", dependencies: ["BinfmtCore", "binfmtd", systemPackage]),
        .testTarget(
            name: "KernelTests",
            dependencies: ["BinfmtCore", "BinfmtHost", "TestSupport", "binfmtctl", "binfmtd", systemPackage]),
        .testTarget(name: "CostTests", dependencies: ["BinfmtCore", "TestSupport", systemPackage]),
        .testTarget(
            name: "SystemTests", dependencies: ["TestSupport"],
            exclude: [
                "Root", "Scripts", "boot-nspawn.sh", "boot-qemu.sh", "filled-table", "functions.sh", "layer.sh",
                "prepare-without.sh", "prepare.sh",
            ]),
        .executableTarget(
            name: "binfmtctl",
            dependencies: [
                "BinfmtCore", "BinfmtHost", "CStatic", systemPackage,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),
    ]
)

// make fuzz: no part of what is built otherwise.
if Context.environment["FUZZ"] != nil {
    package.targets.append(
        .executableTarget(
            name: "fuzz", dependencies: ["LocatedTOML", "BinfmtCore", systemPackage], path: "Tests/Fuzz",
            exclude: ["corpus", "words.dict"], linkerSettings: [.unsafeFlags(["-use-ld=lld"])]))
}
