import { Schema } from '@formily/json-schema';
import { createSchemaField } from '@formily/react';
import { asked } from './asked.tsx';
import { AutoField } from './AutoField.tsx';
import { BooleanField } from './BooleanField.tsx';
import { CascadeField } from './CascadeField.tsx';
import { Columns } from './Columns.tsx';
import { DateField } from './DateField.tsx';
import { DateRangeField } from './DateRangeField.tsx';
import { FilesField } from './FilesField.tsx';
import { FormItem } from './FormItem.tsx';
import { Group } from './Group.tsx';
import { IdCardField } from './IdCardField.tsx';
import { MoneyField } from './MoneyField.tsx';
import { MultiSelectField } from './MultiSelectField.tsx';
import { NoteField } from './NoteField.tsx';
import { NumberField } from './NumberField.tsx';
import { PercentField } from './PercentField.tsx';
import { PhoneField } from './PhoneField.tsx';
import { ReferenceField } from './ReferenceField.tsx';
import { Section } from './Section.tsx';
import { SelectField } from './SelectField.tsx';
import { SignatureField } from './SignatureField.tsx';
import { TableField } from './TableField.tsx';
import { TextAreaField } from './TextAreaField.tsx';
import { TextField } from './TextField.tsx';
import { UsccField } from './UsccField.tsx';
import { YearField } from './YearField.tsx';

// Formily would compile `{{ }}` texts into functions. Our reactions are functions already and a form's texts are only
// texts, so the compiler hands them back untouched: nothing is evaluated, on any platform.
Schema.registerCompiler((expression) => expression);

/** Component names of the dialect → what the phone draws. */
export const SchemaField = createSchemaField({
  components: {
    FormItem,
    Section,
    Group,
    Columns,
    Note: NoteField,
    Text: asked(TextField),
    TextArea: asked(TextAreaField),
    Integer: asked(NumberField),
    Number: asked(NumberField),
    Money: asked(MoneyField),
    Percent: asked(PercentField),
    Year: asked(YearField),
    Date: asked(DateField),
    DateRange: asked(DateRangeField),
    Boolean: asked(BooleanField),
    Select: asked(SelectField),
    MultiSelect: asked(MultiSelectField),
    Cascade: asked(CascadeField),
    Unit: asked(SelectField),
    Units: asked(MultiSelectField),
    User: asked(ReferenceField),
    Seat: asked(ReferenceField),
    Phone: asked(PhoneField),
    Uscc: asked(UsccField),
    IdCard: asked(IdCardField),
    Files: asked(FilesField),
    Signature: asked(SignatureField),
    Reference: asked(ReferenceField),
    Auto: asked(AutoField),
    Table: TableField,
  },
});
