"""What the documentation of certenroll.dll gives each object: a member of these that is not built here is our gap.

A member that stands in neither list is a mistake of the page's own, as it is in Internet Explorer.
"""

from __future__ import annotations

from sekisho.certenroll.interface import PREFIX

COLLECTION = "Add AddRange Clear Count ItemByIndex Remove"
EXTENSION = "Critical Initialize InitializeDecode InitializeEncode ObjectId RawData"
MEMBERS = {
    "CCspInformation": "CspAlgorithms GetCspStatusFromOperations GetDefaultSecurityDescriptor "
    "HasHardwareRandomNumberGenerator InitializeFromName InitializeFromType IsHardwareDevice IsRemovable IsSmartCard "
    "IsSoftwareDevice KeySpec LegacyCsp MaxKeyContainerNameLength Name Type Valid Version",
    "CCspInformations": f"{COLLECTION} AddAvailableCsps GetCspStatusFromProviderName GetCspStatusesFromOperations "
    "GetEncryptionCspAlgorithms GetHashAlgorithms ItemByName",
    "CObjectId": "FriendlyName GetAlgorithmName InitializeFromAlgorithmName InitializeFromName InitializeFromValue "
    "Name Value",
    "CObjectIds": COLLECTION,
    "CX500DistinguishedName": "Decode Encode EncodedName Name",
    "CX509CertificateRequestPkcs10": "AlternateSignatureAlgorithm CheckSignature ClientId CriticalExtensions "
    "CryptAttributes CspInformations CspStatuses Encode EnrollmentContext GetCspStatuses GetInnerRequest HashAlgorithm "
    "Initialize InitializeDecode InitializeFromCertificate InitializeFromPrivateKey InitializeFromPrivateKeyTemplate "
    "InitializeFromPublicKey InitializeFromPublicKeyTemplate InitializeFromTemplate InitializeFromTemplateName "
    "IsSmartCard KeyContainerNamePrefix NullSigned OldCertificate ParentWindow PolicyServer PrivateKey PublicKey "
    "RawData RawDataToBeSigned RenewalCertificate ResetForEncode ReuseKey Signature SignatureInformation Silent "
    "SmimeCapabilities Subject SuppressDefaults SuppressOids Template TemplateObjectId Type UIContextMessage "
    "X509Extensions",
    "CX509Enrollment": "CAConfigString Certificate CertificateDescription CertificateFriendlyName CreatePFX "
    "CreateRequest Enroll EnrollmentContext Initialize InitializeFromRequest InitializeFromTemplate "
    "InitializeFromTemplateName InstallResponse InstallResponse2 NameValuePairs ParentWindow PolicyServer Request "
    "RequestId RequestIdString Response Silent Status Template",
    "CX509ExtensionEnhancedKeyUsage": f"{EXTENSION} EnhancedKeyUsage",
    "CX509ExtensionKeyUsage": f"{EXTENSION} KeyUsage",
    "CX509Extensions": f"{COLLECTION} IndexByObjectId",
    "CX509PrivateKey": "Algorithm AlgorithmName AlgorithmParameters AlternateStorageLocation Certificate Close "
    "ContainerName ContainerNamePrefix Create CspInformations CspStatus DefaultContainer Delete Description Existing "
    "Export ExportPolicy ExportPublicKey FriendlyName HardwareKeyUsage Import KeyProtection KeySpec KeyUsage LegacyCsp "
    "Length MachineContext Open Opened ParametersExportType ParentWindow Pin ProviderName ProviderType ReaderName "
    "SecurityDescriptor Silent UIContextMessage UniqueContainerName Verify",
}


def members(prog_id: str) -> tuple[str, ...]:
    """The members of an object, by its name."""
    return tuple(MEMBERS.get(prog_id.removeprefix(PREFIX), "").split())
